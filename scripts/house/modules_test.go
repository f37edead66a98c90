package house

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

const golden = "testdata/modules.golden"

// permitted are the licences that Ebb, under the Apache License 2.0, may be given
// away with, by their SPDX names.
var permitted = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "ISC", "Zlib", "CC0-1.0", "Unlicense"}

// What the program stands on, on every system, is written down: a module that
// comes, goes or moves shows in a review. go test ./scripts/house -update writes
// the list anew.
func TestModules(t *testing.T) {
	licences := make(map[string]string) // by module and version
	on := make(map[string][]string)
	for _, goos := range systems {
		for _, p := range list(t, goos, "-deps", ".") {
			if p.Module == nil || p.Module.Main {
				continue
			}
			name := p.Module.Path + " " + p.Module.Version
			if !slices.Contains(on[name], goos) {
				on[name] = append(on[name], goos)
			}
			if licences[name] != "" {
				continue
			}
			licence, err := licenceOf(p.Module.Dir)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			licences[name] = licence
			if !slices.Contains(permitted, licence) {
				t.Errorf("%s is under %q, which is not on the list of licences", name, licence)
			}
		}
	}
	var b strings.Builder
	b.WriteString("# Modules in the program: module, version, licence, and the systems if not all.\n")
	for _, name := range slices.Sorted(maps.Keys(licences)) {
		fmt.Fprintf(&b, "%s %s", name, licences[name])
		if len(on[name]) < len(systems) {
			fmt.Fprintf(&b, " (%s)", strings.Join(on[name], ", "))
		}
		b.WriteString("\n")
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for _, difference := range differences(string(want), b.String()) {
		t.Errorf("%s (go test ./scripts/house -update, if it is meant)", difference)
	}
}

// differences lists the lines that two texts do not share.
func differences(old, now string) (out []string) {
	before, after := strings.Split(old, "\n"), strings.Split(now, "\n")
	for _, line := range before {
		if !slices.Contains(after, line) {
			out = append(out, "gone: "+line)
		}
	}
	for _, line := range after {
		if !slices.Contains(before, line) {
			out = append(out, "new: "+line)
		}
	}
	return out
}

var (
	licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|unlicense)([.-].*)?$`)
	spaces      = regexp.MustCompile(`\s+`)
)

// marks are sentences that a licence has and others have not. The first that
// fits names it.
var marks = []struct {
	licence string
	all     []string
}{
	{"GPL", []string{"gnu", "general public license"}},
	{"MPL-2.0", []string{"mozilla public license", "version 2.0"}},
	{"Apache-2.0", []string{"apache license", "version 2.0"}},
	{"BSD-3-Clause", []string{"redistribution and use in source and binary forms", "endorse or promote"}},
	{"BSD-2-Clause", []string{"redistribution and use in source and binary forms"}},
	{"MIT", []string{"permission is hereby granted, free of charge", "the software is provided"}},
	{"ISC", []string{"permission to use, copy, modify, and", "with or without fee"}},
	{"Zlib", []string{"this software is provided 'as-is'", "altered source versions"}},
	{"CC0-1.0", []string{"cc0 1.0 universal"}},
	{"Unlicense", []string{"this is free and unencumbered software"}},
}

// licenceOf names the licence of the module in a folder by its text.
func licenceOf(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	for _, entry := range entries {
		if entry.IsDir() || !licenceFile.MatchString(entry.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return "", err
		}
		if licence := recognize(string(text)); licence != "" {
			return licence, nil
		}
	}
	return "", errors.New("no licence that is known by its text")
}

func recognize(text string) string {
	text = strings.ToLower(spaces.ReplaceAllString(text, " "))
	for _, m := range marks {
		if !slices.ContainsFunc(m.all, func(s string) bool { return !strings.Contains(text, s) }) {
			return m.licence
		}
	}
	return ""
}

func TestRecognize(t *testing.T) {
	for text, want := range map[string]string{
		"GNU LESSER\nGENERAL PUBLIC LICENSE Version 3":                                                "GPL",
		"Apache License\n   Version 2.0, January 2004":                                                "Apache-2.0",
		"Redistribution and use in source and\nbinary forms ... to endorse or promote products":       "BSD-3-Clause",
		"Redistribution and use in source and binary forms, with or without":                          "BSD-2-Clause",
		"Permission is hereby granted, free of charge, to any ... THE SOFTWARE IS PROVIDED \"AS IS\"": "MIT",
		"Permission to use, copy, modify, and/or distribute ... for any purpose with or without fee":  "ISC",
		"All rights reserved.": "",
		"":                     "",
	} {
		if got := recognize(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if ours, err := licenceOf("../.."); err != nil || ours != "Apache-2.0" {
		t.Errorf("our own licence: %q, %v", ours, err)
	}
	if _, err := licenceOf(t.TempDir()); err == nil {
		t.Error("a folder without a licence has one")
	}
}

func TestDifferencesOfLists(t *testing.T) {
	got := differences("a 1\nb 1\n", "a 2\nb 1\n")
	if want := []string{"gone: a 1", "new: a 2"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
