package practice

import (
	"bytes"
	"context"
	"errors"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// Member is one person of a case, in their own words. There is no field for a sex, and
// none for who wants more or less.
type Member struct {
	ID          ID
	Name        string // name used; the only one that is needed
	Pronouns    string
	Description string // gender, orientation, relationship: as they say it
	Ask         string // "ask me, don't assume"
	LegalName   string // only where it is needed
	Level       string // Plain or Full: the level of language they like
	Access      string // what makes it accessible, and separate, for them: formats, carers, interpreters (never a partner or family)
	JoinedOn    string // YYYY-MM-DD
	LeftOn      string // empty while they are part of the case
}

// The levels of language.
const (
	Plain = "plain"
	Full  = "full"
)

// People are the members of a case, the pairs among them, and how each can be
// reached.
type People struct{ c *Case }

// clean brings a member within bounds.
func (m *Member) clean(today string) error {
	if err := lines(MaxName, &m.Name, &m.Pronouns, &m.LegalName); err != nil {
		return err
	}
	if err := lines(MaxLine, &m.Description, &m.Ask, &m.Access); err != nil {
		return err
	}
	if !seen(m.Name) {
		return ErrEmpty
	}
	if m.Level == "" {
		m.Level = Full
	}
	if err := among(m.Level, Plain, Full); err != nil {
		return err
	}
	return dayOr(&m.JoinedOn, today)
}

// put adds a member, as the place-th.
func (m *Member) put(ctx context.Context, tx *drawer.Tx, place int) error {
	_, err := tx.Exec(ctx, `INSERT INTO member (id, place, name, pronouns, description, ask, legal_name, level, access, joined_on, left_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')`,
		m.ID[:], place, m.Name, m.Pronouns, m.Description, m.Ask, m.LegalName, m.Level, m.Access, m.JoinedOn)
	return err
}

func scanMember(row scanner) (m Member, err error) {
	var id []byte
	err = row.Scan(&id, &m.Name, &m.Pronouns, &m.Description, &m.Ask, &m.LegalName, &m.Level, &m.Access, &m.JoinedOn, &m.LeftOn)
	m.ID = idOf(id)
	return m, err
}

const memberColumns = `SELECT id, name, pronouns, description, ask, legal_name, level, access, joined_on, left_on FROM member `

// All returns everybody who is or was part of the case, in the order in which they
// came. The order says nothing else.
func (p *People) All(ctx context.Context) ([]Member, error) {
	return list(ctx, p.c.record, scanMember, memberColumns+`ORDER BY place`)
}

// Present returns those who are part of the case now.
func (p *People) Present(ctx context.Context) ([]Member, error) {
	return list(ctx, p.c.record, scanMember, memberColumns+`WHERE left_on = '' ORDER BY place`)
}

// Add takes somebody into the case, with a safety drawer of their own; that needs the
// second unlock. ErrMembers if there are MaxMembers already.
func (p *People) Add(ctx context.Context, m Member) (ID, error) {
	if err := p.c.open(ctx); err != nil {
		return ID{}, err
	}
	if err := m.clean(p.c.p.today()); err != nil {
		return ID{}, err
	}
	room := func(tx *drawer.Tx) (place int, err error) {
		var present int
		if err := tx.QueryRow(ctx, `SELECT count(*), coalesce(sum(left_on = ''), 0) FROM member`).Scan(&place, &present); err != nil {
			return 0, err
		}
		if present >= MaxMembers {
			return 0, ErrMembers
		}
		return place, nil
	}
	err := p.c.record.View(ctx, func(tx *drawer.Tx) error { _, err := room(tx); return err })
	if err != nil {
		return ID{}, err
	}
	m.ID = NewID()
	safety := caseDrawer{member: m.ID}
	safety.Role = keys.SafetyRole
	built, err := p.c.p.build(ctx, safety)
	if err != nil {
		return ID{}, err
	}
	// The drawer comes first: one without its member is known for what a crash left,
	// and a member without a drawer could not be helped without the passphrase.
	err = p.c.p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if err := p.c.p.tellIn(ctx, tx, event{verb: Made, class: ClassMember, of: p.c.ID, what: m.ID}); err != nil {
			return err
		}
		return built[0].putWaiting(ctx, tx, p.c.ID)
	})
	if err == nil {
		err = p.c.record.Update(ctx, func(tx *drawer.Tx) error {
			place, err := room(tx)
			if err != nil {
				return err
			}
			return m.put(ctx, tx, place)
		})
	}
	if err != nil {
		return ID{}, errors.Join(err, p.c.settle(context.WithoutCancel(ctx)))
	}
	// The member is there. What this cannot write is written when the case is opened.
	err = p.c.p.caseload.Update(context.WithoutCancel(ctx), func(tx *drawer.Tx) error { return spare(ctx, tx, built[0].File) })
	return m.ID, err
}

// Set changes what is kept of a member. What it said before is gone from view, as it
// should be with what somebody is called.
func (p *People) Set(ctx context.Context, m Member) error {
	if err := m.clean(p.c.p.today()); err != nil {
		return err
	}
	return p.c.act(ctx, event{verb: Changed, class: ClassMember, what: m.ID}, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `UPDATE member SET name = ?, pronouns = ?, description = ?, ask = ?, legal_name = ?, level = ?, access = ?, joined_on = ? WHERE id = ?`,
			m.Name, m.Pronouns, m.Description, m.Ask, m.LegalName, m.Level, m.Access, m.JoinedOn, m.ID[:]))
	})
}

// Leave ends somebody's being part of the case. What is kept of them stays. ErrMembers
// if only MinMembers would not be left.
func (p *People) Leave(ctx context.Context, member ID) error {
	return p.c.act(ctx, event{verb: Closed, class: ClassMember, what: member}, func(tx *drawer.Tx) error {
		var others int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM member WHERE left_on = '' AND id <> ?`, member[:]).Scan(&others); err != nil {
			return err
		}
		if others < MinMembers {
			return ErrMembers
		}
		return changed(tx.Exec(ctx, `UPDATE member SET left_on = ? WHERE id = ? AND left_on = ''`, p.c.p.today(), member[:]))
	})
}

// Pair is two members of a case, with what they call what is between them.
type Pair struct {
	First, Second ID // ascending
	Words         string
}

// Pairs returns every pair of those who are part of the case: one of two, fifteen of
// six. No pair is before another.
func (p *People) Pairs(ctx context.Context) ([]Pair, error) {
	return list(ctx, p.c.record, func(row scanner) (pair Pair, err error) {
		var a, b []byte
		err = row.Scan(&a, &b, &pair.Words)
		pair.First, pair.Second = idOf(a), idOf(b)
		return pair, err
	}, `SELECT a.id, b.id, coalesce(p.words, '') FROM member AS a JOIN member AS b ON a.id < b.id LEFT JOIN pair AS p ON p.first = a.id AND p.second = b.id
		WHERE a.left_on = '' AND b.left_on = '' ORDER BY a.id, b.id`)
}

// SetPair keeps what two people call what is between them.
func (p *People) SetPair(ctx context.Context, pair Pair) error {
	words, err := line(pair.Words, MaxLine)
	if err != nil {
		return err
	}
	if bytes.Compare(pair.First[:], pair.Second[:]) > 0 {
		pair.First, pair.Second = pair.Second, pair.First
	}
	return p.c.write(ctx, func(tx *drawer.Tx) error {
		for _, id := range []ID{pair.First, pair.Second} {
			if err := memberIn(ctx, tx, id); err != nil {
				return err
			}
		}
		if pair.First == pair.Second {
			return ErrNotFound
		}
		_, err := tx.Exec(ctx, `INSERT INTO pair (first, second, words) VALUES (?1, ?2, ?3) ON CONFLICT (first, second) DO UPDATE SET words = ?3`, pair.First[:], pair.Second[:], words)
		return err
	})
}

// memberIn is ErrNotFound if there is no such member.
func memberIn(ctx context.Context, tx *drawer.Tx, id ID) error {
	var there bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM member WHERE id = ?)`, id[:]).Scan(&there); err != nil {
		return err
	}
	if !there {
		return ErrNotFound
	}
	return nil
}

// Sheet is what to look at before calling a member, and whom to call if something has
// happened to them. It is about one person and never for another's eyes.
type Sheet struct {
	Number          string // a safe one
	Voicemail       string // VoicemailNo, VoicemailNeutral (without a name or a reason), VoicemailYes; empty: not asked yet
	Times           string
	Post            string // letters and mail: where, or not at all
	CodeWord        string // in a call or a video meeting: "I cannot talk freely"
	EmergencyName   string
	EmergencyNumber string
	EmergencyBounds string // what this person may be told
}

// What may be left on a voicemail.
const (
	VoicemailNo      = "no"
	VoicemailNeutral = "neutral"
	VoicemailYes     = "yes"
)

// Sheet returns what is kept of how a member is reached; empty if nothing is.
func (p *People) Sheet(ctx context.Context, member ID) (Sheet, error) {
	s, err := one(ctx, p.c.record, func(row scanner) (s Sheet, err error) {
		err = row.Scan(&s.Number, &s.Voicemail, &s.Times, &s.Post, &s.CodeWord, &s.EmergencyName, &s.EmergencyNumber, &s.EmergencyBounds)
		return s, err
	}, `SELECT number, voicemail, times, post, code_word, emergency_name, emergency_number, emergency_bounds FROM contact_sheet WHERE member = ?`, member[:])
	if errors.Is(err, ErrNotFound) {
		err = p.c.record.View(ctx, func(tx *drawer.Tx) error { return memberIn(ctx, tx, member) })
	}
	return s, err
}

// SetSheet keeps how a member is reached.
func (p *People) SetSheet(ctx context.Context, member ID, s Sheet) error {
	if err := lines(MaxLine, &s.Number, &s.Times, &s.Post, &s.CodeWord, &s.EmergencyName, &s.EmergencyNumber, &s.EmergencyBounds); err != nil {
		return err
	}
	if err := among(s.Voicemail, "", VoicemailNo, VoicemailNeutral, VoicemailYes); err != nil {
		return err
	}
	return p.c.write(ctx, func(tx *drawer.Tx) error {
		if err := memberIn(ctx, tx, member); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO contact_sheet (member, number, voicemail, times, post, code_word, emergency_name, emergency_number, emergency_bounds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			member[:], s.Number, s.Voicemail, s.Times, s.Post, s.CodeWord, s.EmergencyName, s.EmergencyNumber, s.EmergencyBounds)
		return err
	})
}
