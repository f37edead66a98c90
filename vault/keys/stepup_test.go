package keys

import (
	"bytes"
	"context"
	"errors"
	"testing"
)

func stepUp(t testing.TB, s *Seat, passphrase string) *StepUp {
	t.Helper()
	u, err := s.StepUp(context.Background(), []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { u.Close() })
	return u
}

func TestStepUp(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	join(t, path, first, passB, "Ben")
	a := unlock(t, path, passA)
	words := newRecovery(t, a, passA)
	id, key := [16]byte{1, 2, 3}, [32]byte{4, 5, 6}
	u := stepUp(t, a, passA)
	wrapped, err := u.Wrap(id, &key)
	if err != nil || len(wrapped) != WrappedSize || bytes.Contains(wrapped, key[:]) {
		t.Fatalf("%d bytes, %v", len(wrapped), err)
	}
	again, err := u.Wrap(id, &key)
	if err != nil || bytes.Equal(wrapped, again) {
		t.Errorf("the same key is wrapped in the same bytes: %v", err)
	}
	opens := func(u *StepUp, id [16]byte, wrapped []byte) bool {
		var got [32]byte
		err := u.Unwrap(id, wrapped, &got)
		if err == nil != (got == key) {
			t.Errorf("an error, and the key: %v", err)
		}
		return err == nil
	}
	if !opens(u, id, wrapped) || !opens(stepUp(t, unlock(t, path, words), words), id, wrapped) {
		t.Error("it does not open what it wrapped, by passphrase or by words")
	}
	other, _ := newHome(t, passA, "Anna")
	for name, ok := range map[string]bool{
		"another drawer":     opens(u, [16]byte{1, 2, 4}, wrapped),
		"another person":     opens(stepUp(t, unlock(t, path, passB), passB), id, wrapped),
		"another vault":      opens(stepUp(t, unlock(t, other, passA), passA), id, wrapped),
		"cut":                opens(u, id, wrapped[:WrappedSize-1]),
		"longer":             opens(u, id, append(bytes.Clone(wrapped), 0)),
		"nothing":            opens(u, id, nil),
		"another first byte": opens(u, id, append([]byte{wrapped[0] ^ 1}, wrapped[1:]...)),
	} {
		if ok {
			t.Errorf("%s: it opens", name)
		}
	}
	// It is not what a session has: none of its keys opens it.
	for _, secret := range secretsOf(a) {
		if opens(&StepUp{memory: heapSecret(secret[:]), key: &secret, vault: u.vault}, id, wrapped) {
			t.Error("a key of the open session is enough")
		}
	}
	change(t, a, passA, passNew)
	if !opens(stepUp(t, a, passNew), id, wrapped) {
		t.Error("a change of passphrase lost what was wrapped")
	}
	u.Close()
	u.Close()
	if _, err := u.Wrap(id, &key); !errors.Is(err, ErrClosed) || !errors.Is(u.Unwrap(id, wrapped, &key), ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestStepUpAsks(t *testing.T) {
	var l ledger
	path, first := newHome(t, passA, "Anna")
	join(t, path, first, passB, "Ben")
	f, err := Open(path, InsecureCheapKDF(), WithMemory(l.memory))
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := f.Unlock(context.Background(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	for name, typed := range map[string]string{"nothing right": "some other words", "the other person's": passB} {
		if _, err := a.StepUp(context.Background(), []byte(typed)); !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("%s: %v", name, err)
		}
	}
	u, err := a.StepUp(context.Background(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(u.Close(), a.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.StepUp(context.Background(), []byte(passA)); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if l.given != l.back || l.dirty != 0 || l.given != 4 {
		t.Errorf("%d pieces given, %d back, %d not wiped", l.given, l.back, l.dirty)
	}
}
