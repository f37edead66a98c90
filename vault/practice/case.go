package practice

import (
	"context"
	"errors"
	"slices"
	"strings"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// ErrCode: another case has this code.
var ErrCode = errors.New("another case has this code")

// ErrMembers: a case is of two to six people.
var ErrMembers = errors.New("a case has two to six members")

// Bounds of how many people are part of a case at a time.
const (
	MinMembers = 2
	MaxMembers = 6
)

// NewCase is what a case begins with.
type NewCase struct {
	Code    string // such as "K-12"
	Label   string // private, may be empty
	Members []Member
}

func cleanCode(code string) (string, error) {
	code, err := line(code, MaxCode)
	if err == nil && !seen(code) {
		err = ErrEmpty
	}
	return code, err
}

// freeCode is ErrCode if a case other than own has the code.
func freeCode(ctx context.Context, tx *drawer.Tx, code string, own ID) error {
	var taken bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM case_file WHERE code = ? AND id <> ?)`, code, own[:]).Scan(&taken); err != nil {
		return err
	}
	if taken {
		return ErrCode
	}
	return nil
}

// NewCase makes a case with its drawers: the record, the process drawer, and a safety
// drawer for each member and for the case. It takes the second unlock, because the
// keys of the apart ones are wrapped. The case is there, whole, or not at all.
func (p *Practice) NewCase(ctx context.Context, n NewCase) (ID, error) {
	code, err := cleanCode(n.Code)
	if err != nil {
		return ID{}, err
	}
	label, err := line(n.Label, MaxName)
	if err != nil {
		return ID{}, err
	}
	if len(n.Members) < MinMembers || len(n.Members) > MaxMembers {
		return ID{}, ErrMembers
	}
	members := append([]Member(nil), n.Members...)
	wanted := []caseDrawer{{}, {}, {}}
	wanted[0].Role, wanted[1].Role, wanted[2].Role = keys.Record, keys.Process, keys.SafetyRole
	for i := range members {
		m := &members[i]
		if err := m.clean(p.today()); err != nil {
			return ID{}, err
		}
		m.ID = NewID()
		safety := caseDrawer{member: m.ID}
		safety.Role = keys.SafetyRole
		wanted = append(wanted, safety)
	}
	if err := p.caseload.View(ctx, func(tx *drawer.Tx) error { return freeCode(ctx, tx, code, ID{}) }); err != nil {
		return ID{}, err
	}
	built, err := p.build(ctx, wanted...)
	if err != nil {
		return ID{}, err
	}
	id := NewID()
	record := storeOf(p.session, func(ctx context.Context) (*drawer.Drawer, error) {
		return p.session.Entrust(ctx, built[0].Entrusted, drawer.Key(built[0].key))
	})
	err = record.Update(ctx, func(tx *drawer.Tx) error {
		for i, m := range members {
			if err := m.put(ctx, tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = p.caseload.Update(ctx, func(tx *drawer.Tx) error {
			if err := freeCode(ctx, tx, code, ID{}); err != nil {
				return err
			}
			if err := p.tellIn(ctx, tx, event{verb: Made, class: ClassCase, of: id}); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO case_file (id, code, label, opened_on, closed_on, keep_until, held, stale) VALUES (?, ?, ?, ?, '', '', 0, 0)`,
				id[:], code, label, p.today()); err != nil {
				return err
			}
			for i := range built {
				if err := built[i].put(ctx, tx, id); err != nil {
					return err
				}
			}
			return nil
		})
	}
	_, closed := p.session.CloseEntrusted(built[0].File)
	if err != nil {
		return ID{}, errors.Join(err, p.clear(context.WithoutCancel(ctx)))
	}
	return id, closed
}

// Case is one opened case. Its rooms are of the record, but for the notes that
// [Case.Process], [Case.Safety] and [Case.Risk] give.
type Case struct {
	ID   ID
	Code string

	People    *People
	Meetings  *Meetings
	Contacts  *Contacts
	Notes     *Notes
	Plan      *Plan
	Intake    *Intake
	CheckIns  *CheckIns
	Files     *Files
	Consents  *Consents
	Screening *Screening
	Limits    *Limits
	Menu      *Menu
	Progress  *Progress
	Feedback  *Feedback
	Prep      *Prep
	Reviews   *Reviews

	p      *Practice
	record store
}

// OpenCase opens the record of a case. What a crash left unfinished in it is finished.
func (p *Practice) OpenCase(ctx context.Context, id ID) (*Case, error) {
	code, err := one(ctx, p.caseload, scanOf[string], `SELECT code FROM case_file WHERE id = ?`, id[:])
	if err != nil {
		return nil, err
	}
	if err := p.tell(ctx, event{verb: Opened, class: ClassRecord, of: id}); err != nil {
		return nil, err
	}
	c := p.caseOf(id, code)
	if err := c.settle(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// caseOf wires the rooms of a case to its record.
func (p *Practice) caseOf(id ID, code string) *Case {
	c := &Case{ID: id, Code: code, p: p}
	c.record = storeOf(p.session, func(ctx context.Context) (*drawer.Drawer, error) { return p.openRecord(ctx, id) })
	c.People = &People{c}
	c.Meetings = &Meetings{c}
	c.Contacts = &Contacts{c}
	c.Notes = &Notes{c: c, in: c.record, last: c.record, audiences: []Audience{Joint, Individual}}
	c.Plan = &Plan{c}
	c.Intake = &Intake{c}
	c.CheckIns = &CheckIns{c}
	c.Files = &Files{c}
	c.Consents = &Consents{c}
	c.Screening = &Screening{c}
	c.Limits = &Limits{c}
	c.Menu = &Menu{c}
	c.Progress = &Progress{c}
	c.Feedback = &Feedback{c}
	c.Prep = &Prep{c}
	c.Reviews = &Reviews{c}
	return c
}

// settle removes for good what was discarded, parts of files that were never whole,
// and safety drawers of members who never came to be.
func (c *Case) settle(ctx context.Context) error {
	if err := c.Notes.purge(ctx); err != nil {
		return err
	}
	if err := c.Files.purge(ctx); err != nil {
		return err
	}
	known, err := list(ctx, c.record, scanID, `SELECT id FROM member`)
	if err != nil {
		return err
	}
	drawers, err := list(ctx, c.p.caseload, scanDrawer, drawerColumns+`WHERE case_id = ? AND member IS NOT NULL`, c.ID[:])
	if err != nil {
		return err
	}
	waiting, err := list(ctx, c.p.caseload, scanOf[string], `SELECT d.file FROM doomed AS d JOIN case_drawer AS c ON c.file = d.file WHERE c.case_id = ?`, c.ID[:])
	if err != nil || len(waiting) == 0 {
		return err
	}
	orphans := false
	err = c.p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		for _, d := range drawers {
			switch {
			case !slices.Contains(waiting, d.File):
			case slices.Contains(known, d.member):
				if err := spare(ctx, tx, d.File); err != nil {
					return err
				}
			default:
				orphans = true
				if _, err := tx.Exec(ctx, `DELETE FROM case_drawer WHERE file = ?`, d.File); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil || !orphans {
		return err
	}
	return c.p.clear(ctx)
}

func scanID(row scanner) (ID, error) {
	var b []byte
	err := row.Scan(&b)
	return idOf(b), err
}

// Process gives the process notes of the case. ErrStepUp without the second unlock;
// so does every call on what it gives when the time is up.
func (c *Case) Process(ctx context.Context) (*Notes, error) {
	return c.apart(ctx, keys.Process, ID{}, ProcessNote)
}

// Safety gives the safety record of one member, which holds what that person said and
// nothing that was learned from another: so their own release can never expose
// anybody. ErrStepUp as with Process.
func (c *Case) Safety(ctx context.Context, member ID) (*Notes, error) {
	if member == (ID{}) {
		return nil, ErrNotFound
	}
	return c.apart(ctx, keys.SafetyRole, member, SafetyNote)
}

// Risk gives the safety record of the case itself, for the risk formulation. ErrStepUp
// as with Process.
func (c *Case) Risk(ctx context.Context) (*Notes, error) {
	return c.apart(ctx, keys.SafetyRole, ID{}, SafetyNote)
}

// apart gives the notes of a drawer behind the second unlock.
func (c *Case) apart(ctx context.Context, role keys.Role, member ID, audience Audience) (*Notes, error) {
	if _, err := c.p.drawerOf(ctx, c.ID, role, member); err != nil {
		return nil, err
	}
	if c.p.StepUpUntil().IsZero() {
		return nil, ErrStepUp
	}
	in := c.apartStore(role, member)
	if err := c.p.tell(ctx, event{verb: Opened, class: ClassApart}); err != nil {
		return nil, err
	}
	n := &Notes{c: c, in: in, last: c.lastStore(role, member), audiences: []Audience{audience}, member: member}
	return n, n.purge(ctx)
}

func (c *Case) apartStore(role keys.Role, member ID) store {
	return storeOf(c.p.session, func(ctx context.Context) (*drawer.Drawer, error) { return c.p.openApart(ctx, c.ID, role, member) })
}

// lastStore is apartStore for what is sealed when the time is up.
func (c *Case) lastStore(role keys.Role, member ID) store {
	return storeOf(c.p.session, func(ctx context.Context) (*drawer.Drawer, error) { return c.p.openLast(ctx, c.ID, role, member) })
}

// Gone reports whether the case was destroyed since it was opened: then everything that
// is asked of its drawers is ErrCaseGone.
func (c *Case) Gone() bool {
	_, gone := c.p.gone.Load(c.ID)
	return gone
}

// Done closes the drawers of the case; what was discarded is gone for good. c must not
// be used after.
func (c *Case) Done(ctx context.Context) error {
	err := c.Notes.purge(ctx)
	files, unread := list(ctx, c.p.caseload, scanOf[string], `SELECT file FROM case_drawer WHERE case_id = ?`, c.ID[:])
	err = errors.Join(err, unread)
	for _, file := range files {
		err = errors.Join(err, c.p.closeDrawer(ctx, file))
	}
	return err
}

// Standing is where a case stands: open or closed, and how long it has to be kept.
type Standing struct {
	Label     string
	OpenedOn  string
	ClosedOn  string // empty while it is open
	KeepUntil string // empty: no day was set
	Held      bool   // a legal hold: it is not destroyed, whatever the day
}

// Standing returns where the case stands.
func (c *Case) Standing(ctx context.Context) (Standing, error) {
	if c.Gone() {
		return Standing{}, ErrCaseGone
	}
	return one(ctx, c.p.caseload, func(row scanner) (s Standing, err error) {
		err = row.Scan(&s.Label, &s.OpenedOn, &s.ClosedOn, &s.KeepUntil, &s.Held)
		return s, err
	}, `SELECT label, opened_on, closed_on, keep_until, held FROM case_file WHERE id = ?`, c.ID[:])
}

// Close closes the case: from now on only contacts, reviews, amendments of signed
// notes and what concerns keeping it can be written. [Case.Reopen] undoes it.
func (c *Case) Close(ctx context.Context) error {
	return c.mark(ctx, Closed, `UPDATE case_file SET closed_on = ? WHERE id = ? AND closed_on = ''`, c.p.today())
}

// Reopen opens a closed case again.
func (c *Case) Reopen(ctx context.Context) error {
	return c.mark(ctx, Reopened, `UPDATE case_file SET closed_on = ? WHERE id = ? AND closed_on <> ''`, "")
}

func (c *Case) mark(ctx context.Context, verb Verb, query, closed string) error {
	return c.p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if err := c.p.tellIn(ctx, tx, event{verb: verb, class: ClassCase, of: c.ID}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, query, closed, c.ID[:])
		return err
	})
}

// Keep sets until which day the case is to be kept at least ("" for no day), and
// whether it is held for a legal reason. Neither destroys anything by itself.
func (c *Case) Keep(ctx context.Context, until string, held bool) error {
	if until = strings.TrimSpace(until); until != "" {
		if err := day(until); err != nil {
			return err
		}
	}
	return c.p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if err := c.p.tellIn(ctx, tx, event{verb: Changed, class: ClassHold, of: c.ID}); err != nil {
			return err
		}
		return changed(tx.Exec(ctx, `UPDATE case_file SET keep_until = ?, held = ? WHERE id = ?`, until, held, c.ID[:]))
	})
}

// open is ErrCaseClosed if the case is closed.
func (c *Case) open(ctx context.Context) error {
	s, err := c.Standing(ctx)
	if err == nil && s.ClosedOn != "" {
		err = ErrCaseClosed
	}
	return err
}
