package practice

import (
	"context"
	"errors"
	"slices"

	"ebb/vault/drawer"
)

// DecisionKind is what somebody decided about a document.
type DecisionKind string

// The decisions. Not having decided is as good as having declined.
const (
	Given     DecisionKind = "given"
	Declined  DecisionKind = "declined"
	Withdrawn DecisionKind = "withdrawn" // at once, without a reason
)

// How a decision was made.
const (
	OnScreen = "screen"
	OnPaper  = "paper"  // Remark says where the paper is
	Spoken   = "spoken" // Remark says who heard it
)

// A Decision is one person's, about one version of a document.
type Decision struct {
	Member   ID
	Document string
	Version  int
	Hash     [32]byte // of the very text
	Kind     DecisionKind
	Method   string
	Remark   string
	Day      string
}

// ErrNotIssued: this text was not put before the people of this case, or there is a
// later version of it.
var ErrNotIssued = errors.New("not the text that is in force in this case")

// Consents are the documents of a case and what each person decided, alone. No call
// gives what several decided but [Consents.State], which is for the office and holds
// nothing but in place or not.
type Consents struct{ c *Case }

// Issue puts the current version of a document of the practice before the people of
// this case and returns it. Earlier decisions stay readable and count no longer if the
// text is another.
func (r *Consents) Issue(ctx context.Context, name string) (Document, error) {
	d, err := r.c.p.Documents.Current(ctx, name)
	if err != nil {
		return d, err
	}
	return d, r.c.act(ctx, event{verb: Made, class: ClassConsent}, func(tx *drawer.Tx) error { return issue(ctx, tx, d) })
}

func issue(ctx context.Context, tx *drawer.Tx, d Document) error {
	there, err := inForceIn(ctx, tx, d.Name)
	if err == nil && there.Version >= d.Version {
		return nil
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return d.put(ctx, tx)
}

// inForceIn is the version of a document that is in force in a case.
func inForceIn(ctx context.Context, tx *drawer.Tx, name string) (Document, error) {
	d, err := scanDocument(tx.QueryRow(ctx, documentColumns+`WHERE name = ? ORDER BY version DESC LIMIT 1`, name))
	return d, notFound(err)
}

// Choose chooses one of the three policies on secrets, in its current version, and
// puts it before the people of the case. From then on it is the one that everybody has
// to sign before anything is taken in from them alone.
func (r *Consents) Choose(ctx context.Context, policy string) (Document, error) {
	if err := among(policy, Policies...); err != nil {
		return Document{}, err
	}
	d, err := r.c.p.Documents.Current(ctx, policy)
	if err != nil {
		return d, err
	}
	return d, r.c.act(ctx, event{verb: Changed, class: ClassPolicy}, func(tx *drawer.Tx) error {
		if err := issue(ctx, tx, d); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO policy (document, version, day) VALUES (?, ?, ?)`, d.Name, d.Version, r.c.p.today())
		return err
	})
}

// Policy returns the policy that is in force in the case, or ErrNotFound if none was
// chosen.
func (r *Consents) Policy(ctx context.Context) (d Document, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		d, err = policyIn(ctx, tx)
		return err
	})
	return d, err
}

func policyIn(ctx context.Context, tx *drawer.Tx) (Document, error) {
	name, err := scanOf[string](tx.QueryRow(ctx, `SELECT document FROM policy ORDER BY seq DESC LIMIT 1`))
	if err != nil {
		return Document{}, notFound(err)
	}
	return inForceIn(ctx, tx, name)
}

// Documents returns every text that was put before the people of the case, the latest
// version of each first.
func (r *Consents) Documents(ctx context.Context) ([]Document, error) {
	return list(ctx, r.c.record, scanDocument, documentColumns+`ORDER BY name, version DESC LIMIT ?`, MostRows)
}

// Decide records what one person decided about the version of a document that is in
// force (ErrNotIssued for another), or that they withdraw from the one that they last
// gave consent to, which may be an earlier one. It counts at once.
func (r *Consents) Decide(ctx context.Context, d Decision) error {
	if err := among(string(d.Kind), string(Given), string(Declined), string(Withdrawn)); err != nil {
		return err
	}
	if err := among(d.Method, OnScreen, OnPaper, Spoken); err != nil {
		return err
	}
	if err := errors.Join(lines(MaxLine, &d.Remark), dayOr(&d.Day, r.c.p.today())); err != nil {
		return err
	}
	// A withdrawal is heard in a closed case, too.
	act := r.c.act
	if d.Kind == Withdrawn {
		act = r.c.actClosed
	}
	return act(ctx, event{verb: Decided, class: ClassConsent, what: d.Member}, func(tx *drawer.Tx) error {
		if err := memberIn(ctx, tx, d.Member); err != nil {
			return err
		}
		current, err := inForceIn(ctx, tx, d.Document)
		switch {
		case errors.Is(err, ErrNotFound):
			return ErrNotIssued
		case err != nil:
			return err
		case d.Kind != Withdrawn && d.Version != current.Version:
			return ErrNotIssued
		}
		d.Version, d.Hash = current.Version, current.Hash
		if d.Kind == Withdrawn {
			if err := givenIn(ctx, tx, &d); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `INSERT INTO decision (member, document, version, hash, decision, method, remark, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			d.Member[:], d.Document, d.Version, d.Hash[:], string(d.Kind), d.Method, d.Remark, d.Day)
		return err
	})
}

// givenIn lets a withdrawal be from the version that the member last gave consent to,
// where there is one: nobody withdraws from a text that was never theirs.
func givenIn(ctx context.Context, tx *drawer.Tx, d *Decision) error {
	var hash []byte
	err := notFound(tx.QueryRow(ctx, `SELECT version, hash FROM decision WHERE member = ? AND document = ? AND decision = 'given' ORDER BY seq DESC LIMIT 1`,
		d.Member[:], d.Document).Scan(&d.Version, &hash))
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	copy(d.Hash[:], hash)
	return err
}

// Of returns the decisions of one person and nobody else's, the latest first.
func (r *Consents) Of(ctx context.Context, member ID) ([]Decision, error) {
	return list(ctx, r.c.record, func(row scanner) (d Decision, err error) {
		var hash []byte
		err = row.Scan(&d.Document, &d.Version, &hash, &d.Kind, &d.Method, &d.Remark, &d.Day)
		d.Member = member
		copy(d.Hash[:], hash)
		return d, err
	}, `SELECT document, version, hash, decision, method, remark, day FROM decision WHERE member = ? ORDER BY seq DESC LIMIT ?`, member[:], MostRows)
}

// consentIn reports whether a member's last decision about a document was to give
// consent to the very text that is in force.
func consentIn(ctx context.Context, tx *drawer.Tx, member ID, d Document) (bool, error) {
	var kind DecisionKind
	var hash []byte
	err := notFound(tx.QueryRow(ctx, `SELECT decision, hash FROM decision WHERE member = ? AND document = ? ORDER BY seq DESC LIMIT 1`, member[:], d.Name).Scan(&kind, &hash))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return kind == Given && string(hash) == string(d.Hash[:]), err
}

// A PersonState is what is in place for one person. It is for the office alone: no
// page that people of the case see may show it, and no packet may hold it.
type PersonState struct {
	Member    ID
	Policy    bool
	Exercises bool
	// Asked: the consent to individual input was put before the people of the case, so
	// nothing is taken in from one of them alone without it.
	Asked bool
	// Input: what comes from this person alone is taken in. The policy is in place, and
	// so is the consent to individual input where that was asked for.
	Input bool
}

// State returns, for those who are part of the case, what is in place.
func (r *Consents) State(ctx context.Context) (all []PersonState, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		all, err = statesIn(ctx, tx)
		return err
	})
	return all, err
}

func statesIn(ctx context.Context, tx *drawer.Tx) (all []PersonState, err error) {
	members, err := read(ctx, tx, scanID, `SELECT id FROM member WHERE left_on = '' ORDER BY place`)
	if err != nil {
		return nil, err
	}
	for _, id := range members {
		s, err := inPlaceIn(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// inPlaceIn says what is in place for one member.
func inPlaceIn(ctx context.Context, tx *drawer.Tx, member ID) (PersonState, error) {
	s := PersonState{Member: member}
	agreed := false
	for _, of := range []struct {
		there, in *bool
		get       func() (Document, error)
	}{
		{new(bool), &s.Policy, func() (Document, error) { return policyIn(ctx, tx) }},
		{new(bool), &s.Exercises, func() (Document, error) { return inForceIn(ctx, tx, ExercisesConsent) }},
		{&s.Asked, &agreed, func() (Document, error) { return inForceIn(ctx, tx, IndividualInput) }},
	} {
		d, err := of.get()
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err == nil {
			*of.there = true
			*of.in, err = consentIn(ctx, tx, member, d)
		}
		if err != nil {
			return s, err
		}
	}
	s.Input = s.Policy && (agreed || !s.Asked)
	return s, nil
}

// input is ErrPolicy or ErrInput if nothing that comes from this member alone may be
// taken in.
func (r *Consents) input(ctx context.Context, member ID) error {
	return r.c.record.View(ctx, func(tx *drawer.Tx) error {
		if err := memberIn(ctx, tx, member); err != nil {
			return err
		}
		s, err := inPlaceIn(ctx, tx, member)
		switch {
		case err != nil:
			return err
		case !s.Policy:
			return ErrPolicy
		case !s.Input:
			return ErrInput
		}
		return nil
	})
}

// Stops is what a withdrawal stops: it is read to the person before they decide, and
// no reason is asked for.
type Stops struct {
	IndividualInput bool     // nothing more is taken in from this person alone
	Exercises       []string // on the menu now, which rest for everybody from then on
}

// Stops returns what stops if a member withdraws from a document.
func (r *Consents) Stops(ctx context.Context, member ID, document string) (s Stops, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		in, err := inPlaceIn(ctx, tx, member)
		if err != nil {
			return err
		}
		s.IndividualInput = in.Input && (document == IndividualInput || slices.Contains(Policies, document))
		if !in.Exercises || document != ExercisesConsent {
			return nil
		}
		items, err := r.c.Menu.itemsIn(ctx, tx)
		for _, item := range items {
			if item.State == Offered && item.NeedsOpening() && len(item.Off) == 0 {
				s.Exercises = append(s.Exercises, item.ID)
			}
		}
		return err
	})
	return s, err
}

// Screening is that everybody was seen alone. It says nothing about what was said:
// that lies in each person's safety drawer.
type Screening struct{ c *Case }

// SeenAlone notes that a member was seen alone, on a day that is not to come.
func (r *Screening) SeenAlone(ctx context.Context, member ID, on string) error {
	if err := dayOr(&on, r.c.p.today()); err != nil {
		return err
	}
	if on > r.c.p.today() {
		return ErrDay
	}
	return r.c.act(ctx, event{verb: Changed, class: ClassScreening, what: member}, func(tx *drawer.Tx) error {
		if err := memberIn(ctx, tx, member); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO seen_alone (member, day) VALUES (?, ?)`, member[:], on)
		return err
	})
}

// A Seen is when a member was last seen alone; empty if never.
type Seen struct {
	Member ID
	Last   string
}

// State returns for everybody who is part of the case when they were last seen alone.
func (r *Screening) State(ctx context.Context) (all []Seen, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		all, err = seenIn(ctx, tx)
		return err
	})
	return all, err
}

// Of returns the days on which a member was seen alone, the latest first.
func (r *Screening) Of(ctx context.Context, member ID) ([]string, error) {
	return list(ctx, r.c.record, scanOf[string], `SELECT day FROM seen_alone WHERE member = ? GROUP BY day ORDER BY day DESC LIMIT ?`, member[:], MostRows)
}

func seenIn(ctx context.Context, tx *drawer.Tx) ([]Seen, error) {
	return read(ctx, tx, func(row scanner) (s Seen, err error) {
		var id []byte
		err = row.Scan(&id, &s.Last)
		s.Member = idOf(id)
		return s, err
	}, `SELECT id, coalesce((SELECT max(day) FROM seen_alone WHERE seen_alone.member = member.id), '') FROM member WHERE left_on = '' ORDER BY place`)
}
