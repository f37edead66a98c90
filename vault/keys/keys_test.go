package keys

import (
	"context"
	"path/filepath"
	"testing"
)

func noDrawers(*Ring) error { return nil }

// foundHome adds what the first person of a home begins with.
func foundHome(r *Ring) error {
	if _, err := r.Add(Private, "", r.Seat); err != nil {
		return err
	}
	if _, err := r.Add(Shared, "", r.Seat); err != nil {
		return err
	}
	_, err := r.AddSpare()
	return err
}

// built says that the drawers of a ring have their files now.
func built(r *Ring) error {
	for i := range r.Drawers {
		r.Drawers[i].Founding = false
	}
	return nil
}

func newHome(t testing.TB, passphrase, name string) (string, *Seat) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys")
	s, err := Create(path, Home, []byte(passphrase), InsecureParams, name, foundHome, InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return path, s
}

func open(t testing.TB, path string) *File {
	t.Helper()
	f, err := Open(path, InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func unlock(t testing.TB, path, passphrase string) *Seat {
	t.Helper()
	s, i, err := open(t, path).Unlock(context.Background(), []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	if i != nil {
		t.Fatal("an invitation opened where a seat should")
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func openCode(t testing.TB, path, code string) *Invitation {
	t.Helper()
	s, i, err := open(t, path).Unlock(context.Background(), []byte(code))
	if err != nil {
		t.Fatal(err)
	}
	if s != nil {
		t.Fatal("a seat opened where an invitation should")
	}
	t.Cleanup(func() { i.Close() })
	return i
}

// join lets a new person in with a code that from makes.
func join(t testing.TB, path string, from *Seat, passphrase, name string) *Seat {
	t.Helper()
	code, err := from.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := openCode(t, path, code).Join(context.Background(), []byte(passphrase), name, built)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func kinds(notices []Notice) map[NoticeKind]int {
	k := map[NoticeKind]int{}
	for _, n := range notices {
		k[n.Kind]++
	}
	return k
}
