module ebb

go 1.26

require (
	codeberg.org/go-pdf/fpdf v0.12.0 // PDF files with our own typefaces; pure Go, MIT
	fyne.io/fyne/v2 v2.8.1 // the window; pinned, BSD-3-Clause
	github.com/BurntSushi/toml v1.6.0 // catalogues and invented journals; already in Fyne's graph, MIT
	github.com/clipperhouse/uax29/v2 v2.2.0 // where characters and words end (UAX #29), for the editor; in Fyne's graph, MIT
	github.com/go-text/typesetting v0.3.4 // which characters a typeface has; in Fyne's graph, BSD-3-Clause or Unlicense
	github.com/mattn/go-sqlite3 v1.14.53 // SQLite itself, unmodified, under our own VFS; MIT
	github.com/nicksnyder/go-i18n/v2 v2.5.1 // plural forms of translated texts; in Fyne's graph, MIT
	github.com/rogpeppe/go-internal v1.14.1 // testscript, for the commands' tests only; BSD-3-Clause
	github.com/sethvargo/go-diceware v0.6.0 // the EFF long word list, for generated passphrases; MIT
	github.com/trustelem/zxcvbn v1.0.1 // how easily a passphrase of one's own is guessed; MIT
	github.com/yuin/goldmark v1.8.2 // parses Markdown, which we draw ourselves; in Fyne's graph, MIT
	go.yaml.in/yaml/v3 v3.0.4 // the months of a RedNotebook journal; MIT and Apache-2.0
	golang.org/x/crypto v0.53.0 // Argon2id, XChaCha20-Poly1305; BSD-3-Clause
	golang.org/x/sys v0.47.0 // locked memory, seccomp, process locks; BSD-3-Clause
	golang.org/x/term v0.44.0 // a passphrase typed on a terminal without echo; BSD-3-Clause
	golang.org/x/text v0.38.0 // Unicode NFC of passphrases; BSD-3-Clause
)

require (
	fyne.io/systray v1.12.3-0.20260810170012-af4e8e793ec4 // indirect
	github.com/anthonynsimon/bild v0.14.0 // indirect
	github.com/davecgh/go-spew v1.1.1 // indirect
	github.com/dlclark/regexp2 v1.12.0 // indirect
	github.com/fsnotify/fsnotify v1.9.0 // indirect
	github.com/fyne-io/gl-js v0.2.1-0.20260315212741-029c47fd27e8 // indirect
	github.com/fyne-io/glfw-js v0.4.0 // indirect
	github.com/fyne-io/image v0.1.1 // indirect
	github.com/fyne-io/oksvg v0.2.0 // indirect
	github.com/go-gl/gl v0.0.0-20260331235117-4566fea9a276 // indirect
	github.com/go-gl/glfw/v3.4/glfw v0.1.0-pre.1.0.20260707082822-2a407d02d01a // indirect
	github.com/go-text/render v0.2.1 // indirect
	github.com/godbus/dbus/v5 v5.2.2 // indirect
	github.com/hack-pad/go-indexeddb v0.3.2 // indirect
	github.com/hack-pad/safejs v0.1.0 // indirect
	github.com/jeandeaual/go-locale v0.0.0-20250612000132-0ef82f21eade // indirect
	github.com/jsummers/gobmp v0.0.0-20230614200233-a9de23ed2e25 // indirect
	github.com/kr/text v0.2.0 // indirect
	github.com/mattn/go-runewidth v0.0.24 // indirect
	github.com/nfnt/resize v0.0.0-20180221191011-83c6a9932646 // indirect
	github.com/pmezard/go-difflib v1.0.0 // indirect
	github.com/rymdport/portal v0.4.2 // indirect
	github.com/srwiley/oksvg v0.0.0-20221011165216-be6e8873101c // indirect
	github.com/srwiley/rasterx v0.0.0-20220730225603-2ab79fcdd4ef // indirect
	github.com/stretchr/testify v1.11.1 // indirect
	github.com/test-go/testify v1.1.4 // indirect
	golang.org/x/image v0.40.0 // indirect
	golang.org/x/net v0.55.0 // indirect
	golang.org/x/tools v0.45.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
