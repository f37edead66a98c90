package reader

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const page = "../../vault/FORMAT.md"

func formatPage(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every vector that stands on the page comes out of the reader too, and none is
// passed over.
func TestReaderRecomputesVectors(t *testing.T) {
	if r := python(t, script, "--vectors", page).must(t); !strings.Contains(r.out, " come out.") {
		t.Errorf("the reader says %s", r.out)
	}
	text := formatPage(t)
	keysFolder, err := filepath.Abs("../../vault/keys")
	if err != nil {
		t.Fatal(err)
	}
	vector := regexp.MustCompile("(?m)^\\| ([^|]+[^|n]) \\| `([0-9a-f]{2,})` \\|$")
	changed := map[string]string{
		"another vector": strings.Replace(text, "### Vectors of a drawer\n", "### Vectors of a drawer\n\n| unheard of | `00` |\n", 1),
		"no vector":      strings.Replace(text, "| commitment of slot 0 |", "| no commitment, given |", 1),
		"a vector twice": strings.Replace(text, "| root | ", "| root | `00` |\n| root | ", 1),
	}
	rows := vector.FindAllStringSubmatchIndex(text, -1)
	if len(rows) < 35 {
		t.Fatalf("only %d vectors", len(rows))
	}
	for i := 0; i < len(rows); i += 7 { // starting Python takes its time
		last := rows[i][5] - 1
		digit := "0"
		if text[last] == '0' {
			digit = "1"
		}
		changed[text[rows[i][2]:rows[i][3]]] = text[:last] + digit + text[last+1:]
	}
	for what, other := range changed {
		folder := t.TempDir()
		if err := os.Symlink(keysFolder, filepath.Join(folder, "keys")); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, "FORMAT.md")
		if err := os.WriteFile(file, []byte(other), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := python(t, script, "--vectors", file); r.code == 0 || other == text || r.notes == "" {
			t.Errorf("%s: the reader ends with %d: %s%s", what, r.code, r.out, r.notes)
		}
	}
}

// The tables of bytes have no gaps and do not overlap: each row begins where the one
// before ends.
func TestTablesOfBytesFit(t *testing.T) {
	row := regexp.MustCompile(`^\| ([0-9,]+) \| ([0-9,]+(?: × [0-9,]+)?) \|`)
	number := func(s string) int {
		product := 1
		for _, factor := range strings.Split(s, " × ") {
			n, err := strconv.Atoi(strings.ReplaceAll(factor, ",", ""))
			if err != nil {
				t.Fatal(err)
			}
			product *= n
		}
		return product
	}
	checked, end := 0, -1
	for i, line := range strings.Split(formatPage(t), "\n") {
		m := row.FindStringSubmatch(line)
		if m == nil {
			end = -1
			continue
		}
		at := number(m[1])
		if end >= 0 {
			checked++
			if at != end {
				t.Errorf("line %d begins at %d, and what stands before it ends at %d", i+1, at, end)
			}
		}
		end = at + number(m[2])
	}
	if checked < 40 {
		t.Errorf("only %d rows were looked at", checked)
	}
}

// What the page says of the databases is what the schemas say: every table, and every
// column of it, has a row.
func TestDatabasesAreDescribed(t *testing.T) {
	text := formatPage(t)
	_, databases, found := strings.Cut(text, "\n## The databases\n")
	if !found {
		t.Fatal("the page does not describe the databases")
	}
	files, err := filepath.Glob("../../vault/home/schema/*/*.sql")
	if err != nil || len(files) < 2 {
		t.Fatalf("%q, %v", files, err)
	}
	table := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`)
	column := regexp.MustCompile(`(?m)^\t(\w+)\s+(?:INTEGER|TEXT|BLOB|REAL|ANY)\b`)
	columns := 0
	for _, file := range files {
		schema, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range table.FindAllStringSubmatch(string(schema), -1) {
			heading := regexp.MustCompile("\n\\| `" + m[1] + "` \\|[^\n]*\n\\|---\\|---\\|\n").FindStringIndex(databases)
			if heading == nil {
				t.Errorf("the table %s is not described", m[1])
				continue
			}
			described, _, _ := strings.Cut(databases[heading[1]-1:], "\n\n")
			if strings.Contains(described, "\n| the others |") {
				continue
			}
			for _, c := range column.FindAllStringSubmatch(m[2], -1) {
				columns++
				if !strings.Contains(described, "`"+c[1]+"`") {
					t.Errorf("the column %s of %s is not described", c[1], m[1])
				}
			}
		}
	}
	if columns < 30 {
		t.Errorf("only %d columns were looked at", columns)
	}
}
