package home

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"ebb/vault"
	"ebb/vault/drawer"
)

// Longest texts of a profile, in characters.
const (
	MaxName  = 80
	MaxAbout = 2000
)

// ErrNameEmpty: a person needs a name to be called by, of at least one visible
// character.
var ErrNameEmpty = errors.New("a name needs at least one visible character")

// A Profile is what a person tells those who share the vault about themselves, in
// their own words.
type Profile struct {
	Seat     uint8
	Name     string // name used
	Pronouns string
	About    string
}

// People are those who share a home vault.
type People struct {
	session *vault.Session
	private kept
	shared  circle // the newest
}

// CleanName trims a name and refuses an empty or over-long one. Control
// characters, which could make one name look like another, are removed.
func CleanName(name string) (string, error) {
	name, err := cleanLine(name, MaxName)
	if err != nil {
		return "", err
	}
	if strings.IndexFunc(name, unicode.IsGraphic) < 0 || name == "" {
		return "", ErrNameEmpty
	}
	return name, nil
}

func cleanLine(s string, limit int) (string, error) {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > limit {
		return "", ErrTooLong
	}
	return s, nil
}

// Me returns this person's own profile.
func (p *People) Me(ctx context.Context) (me Profile, err error) {
	me.Seat = p.session.Seat()
	err = p.private.View(ctx, func(tx *drawer.Tx) error {
		return notFound(tx.QueryRow(ctx, `SELECT name, pronouns, about FROM profile`).Scan(&me.Name, &me.Pronouns, &me.About))
	})
	if errors.Is(err, ErrNotFound) {
		for _, m := range p.session.Members() {
			if m.Seat == me.Seat {
				me.Name = m.Name
			}
		}
		err = nil
	}
	return me, err
}

// bounded holds a profile within the limits that SetMe keeps to. Whoever has the key
// of a shared drawer can write anything there.
func (p Profile) bounded() Profile {
	var err error
	if p.Name, err = CleanName(p.Name); err != nil {
		p.Name = "" // the ring knows one
	}
	if p.Pronouns, err = cleanLine(p.Pronouns, MaxName); err != nil {
		p.Pronouns = ""
	}
	p.About, _ = cut(strings.ToValidUTF8(p.About, "\uFFFD"), MaxAbout)
	return p
}

// All returns everybody, in the order in which they joined. Somebody who told
// nothing and somebody who has not been here since another joined are the same to
// see: it is nobody's to know when a person opens the vault. Where the shared drawer
// cannot be opened, their names are those that the ring knows.
func (p *People) All(ctx context.Context) ([]Profile, error) {
	told, err := p.told(ctx)
	if err != nil {
		return nil, err
	}
	return p.known(told), nil
}

// told are the profiles in the shared drawer: none where it cannot be opened.
func (p *People) told(ctx context.Context) (map[uint8]Profile, error) {
	told := map[uint8]Profile{}
	if p.shared.err != nil {
		return told, nil
	}
	err := p.shared.drawer.View(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, `SELECT seat, name, pronouns, about FROM person`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var one Profile
			if err := rows.Scan(&one.Seat, &one.Name, &one.Pronouns, &one.About); err != nil {
				return err
			}
			told[one.Seat] = one.bounded()
		}
		return rows.Err()
	})
	return told, err
}

// known lists the members with what they told, or their names alone.
func (p *People) known(told map[uint8]Profile) (all []Profile) {
	for _, m := range p.session.Members() {
		one := told[m.Seat]
		one.Seat = m.Seat
		if one.Name == "" {
			one.Name = m.Name
		}
		all = append(all, one)
	}
	return all
}

// everyone are the names of all who ever had a seat, those who left among them.
func (p *People) everyone(ctx context.Context) (map[uint8]string, error) {
	told, err := p.told(ctx)
	if err != nil {
		return nil, err
	}
	names := map[uint8]string{}
	for _, m := range append(p.session.Members(), p.session.Former()...) {
		if names[m.Seat] = told[m.Seat].Name; names[m.Seat] == "" {
			names[m.Seat] = m.Name
		}
	}
	return names, nil
}

// Names are what everybody is called now, by seat.
func (p *People) Names(ctx context.Context) (map[uint8]string, error) {
	all, err := p.All(ctx)
	if err != nil {
		return nil, err
	}
	names := map[uint8]string{}
	for _, one := range all {
		names[one.Seat] = one.Name
	}
	return names, nil
}

// SetMe stores this person's profile and tells it to the others. Nobody can set
// another's.
func (p *People) SetMe(ctx context.Context, me Profile) error {
	var err error
	if me.Name, err = CleanName(me.Name); err != nil {
		return err
	}
	if me.Pronouns, err = cleanLine(me.Pronouns, MaxName); err != nil {
		return err
	}
	me.About = strings.TrimSpace(strings.ToValidUTF8(me.About, "\uFFFD"))
	if utf8.RuneCountInString(me.About) > MaxAbout {
		return ErrTooLong
	}
	err = p.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO profile (one, name, pronouns, about) VALUES (1, ?1, ?2, ?3)
			ON CONFLICT (one) DO UPDATE SET name = ?1, pronouns = ?2, about = ?3`, me.Name, me.Pronouns, me.About)
		return err
	})
	if err != nil {
		return err
	}
	return p.publish(ctx)
}

// publish brings this person's profile into the current shared drawer, if it is
// not there or differs: after a change that a crash cut in two, and when a new
// shared drawer was founded.
func (p *People) publish(ctx context.Context) error {
	if p.shared.err != nil {
		return p.shared.err
	}
	me, err := p.Me(ctx)
	if err != nil {
		return err
	}
	var told Profile
	err = p.shared.drawer.View(ctx, func(tx *drawer.Tx) error {
		return notFound(tx.QueryRow(ctx, `SELECT name, pronouns, about FROM person WHERE seat = ?`, me.Seat).Scan(&told.Name, &told.Pronouns, &told.About))
	})
	if err == nil && told.Name == me.Name && told.Pronouns == me.Pronouns && told.About == me.About {
		return nil
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return p.shared.drawer.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO person (seat, name, pronouns, about) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (seat) DO UPDATE SET name = ?2, pronouns = ?3, about = ?4`, me.Seat, me.Name, me.Pronouns, me.About)
		return err
	})
}
