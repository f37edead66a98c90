package home

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/portable"
)

// importBatch is how many imported entries go into one commit: enough for speed,
// and few enough that an interruption costs little.
const importBatch = 200

// An ImportSummary says what an import did.
type ImportSummary struct {
	Added    int // entries that are new
	Known    int // entries that were there already
	TooLong  []int
	Problems []portable.Problem
	Left     portable.Left // what was left out, by kind
}

// Import adds the entries of a source that are not there yet. Entries are known
// by their source's id, so an import that was interrupted can simply run again,
// and by the id under which an export to Day One gave them away.
//
// Every batch is one commit: after an error, or when ctx ends, what was added
// stays, and the summary says how much it was. What was read before the source
// broke off is added too. progress may be nil; total is -1
// if the source cannot tell.
func (j *Journal) Import(ctx context.Context, src portable.Source, progress func(done, total int)) (ImportSummary, error) {
	var sum ImportSummary
	done := 0
	var broken error          // why the source gives no more
	var given map[string]bool // once something of Day One's is met
	for more := true; more; {
		var batch []portable.Entry
		for len(batch) < importBatch {
			e, err := src.Next(ctx)
			if errors.Is(err, io.EOF) {
				more = false
				break
			}
			if err != nil {
				more, broken = false, err
				break
			}
			done++
			if len(e.Text) > MaxText {
				sum.TooLong = append(sum.TooLong, done)
				continue
			}
			batch = append(batch, e)
		}
		if given == nil && slices.ContainsFunc(batch, fromDayOne) {
			var err error
			if given, err = j.givenToDayOne(ctx); err != nil {
				return j.finish(sum, src), err
			}
		}
		added, err := j.addImported(ctx, batch, given)
		if err != nil {
			return j.finish(sum, src), err
		}
		sum.Added += added
		sum.Known += len(batch) - added
		if progress != nil {
			progress(done, src.Total())
		}
	}
	return j.finish(sum, src), broken
}

func (j *Journal) finish(sum ImportSummary, src portable.Source) ImportSummary {
	sum.Problems, sum.Left = src.Problems(), src.Left()
	return sum
}

// addImported adds a batch. given are ids under which entries of this journal are
// known elsewhere.
func (j *Journal) addImported(ctx context.Context, batch []portable.Entry, given map[string]bool) (added int, err error) {
	if len(batch) == 0 {
		return 0, ctx.Err()
	}
	err = j.private.Update(ctx, func(tx *drawer.Tx) error {
		for _, p := range batch {
			id, source := sourceID(p.SourceID)
			var known bool
			if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM entry WHERE source IN (?, ?) OR id = ?)`,
				p.SourceID, portable.DayOneID(p.SourceID), id[:]).Scan(&known); err != nil {
				return err
			}
			if known || given[p.SourceID] {
				continue
			}
			e := Entry{
				ID: id, Source: source, Text: p.Text, Moods: p.Moods, Tags: p.Tags,
				Written: p.Written, Zone: p.Zone, Date: p.LocalDate, AllDay: p.AllDay, Starred: p.Starred,
				Created: p.Created, Edited: p.Edited,
			}
			if e.Created.IsZero() {
				e.Created = e.Written
			}
			if e.Edited.IsZero() {
				e.Edited = e.Created
			}
			if err := putEntry(ctx, tx, &e); err != nil {
				return err
			}
			added++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

func fromDayOne(p portable.Entry) bool { return strings.HasPrefix(p.SourceID, portable.DayOne+":") }

// givenToDayOne lists the ids under which Day One knows the entries of this
// journal, had they been exported to it.
func (j *Journal) givenToDayOne(ctx context.Context) (given map[string]bool, err error) {
	err = j.private.View(ctx, func(tx *drawer.Tx) error {
		given = map[string]bool{}
		rows, err := tx.Query(ctx, `SELECT coalesce(source, ? || lower(hex(id))) FROM entry`, ownSource)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var source string
			if err := rows.Scan(&source); err != nil {
				return err
			}
			given[portable.DayOneID(source)] = true
		}
		return rows.Err()
	})
	return given, err
}

// Exported yields every entry in the form in which it leaves the vault, the
// oldest first. Where the drawer is damaged it goes on with what lies elsewhere,
// and at the end yields portable.ErrLost for each entry that cannot be read, and
// portable.ErrLostMore if nobody can tell whether those are all. If none can be
// read, that is an error of kind vault.ErrDamaged.
func (j *Journal) Exported(ctx context.Context) iter.Seq2[portable.Entry, error] {
	return func(yield func(portable.Entry, error) bool) {
		met := map[ID]bool{}
		visit := func(e Entry) error {
			if met[e.ID] {
				return nil
			}
			met[e.ID] = true
			if !yield(e.portable(), nil) {
				return errStop
			}
			return nil
		}
		err := j.Each(ctx, visit)
		if !errors.Is(err, vault.ErrDamaged) || errors.Is(err, vault.ErrGone) {
			if err != nil && !errors.Is(err, errStop) {
				yield(portable.Entry{}, err)
			}
			return
		}
		lost, all, stopped := j.salvage(ctx, visit)
		switch {
		case errors.Is(stopped, errStop):
			return
		case stopped != nil:
			yield(portable.Entry{}, stopped)
			return
		case len(met) == 0:
			yield(portable.Entry{}, err)
			return
		}
		for range lost {
			if !yield(portable.Entry{}, portable.ErrLost) {
				return
			}
		}
		if !all {
			yield(portable.Entry{}, portable.ErrLostMore)
		}
	}
}

// salvage visits every entry that can be reached, one at a time, and counts the
// others; all is false if there may be more of them.
func (j *Journal) salvage(ctx context.Context, visit func(Entry) error) (lost int, all bool, err error) {
	numbers, all, err := j.reachable(ctx)
	if err != nil {
		return 0, false, err
	}
	for _, n := range numbers {
		e, err := j.numbered(ctx, n)
		switch {
		case err == nil:
			err = visit(e)
		case errors.Is(err, vault.ErrGone):
		case errors.Is(err, vault.ErrDamaged), errors.Is(err, ErrNotFound):
			lost++
			err = nil
		}
		if err != nil {
			return lost, all, err
		}
	}
	return lost, all, nil
}

// ownSource begins the source id of an entry that was written in Ebb; its own id
// follows in hexadecimal, so that an export brought back finds the entry it came
// from, also after that was edited.
const ownSource = "ebb:"

// sourceID returns the id an imported entry gets and the source to remember.
func sourceID(source string) (ID, string) {
	if digits, own := strings.CutPrefix(source, ownSource); own {
		if b, err := hex.DecodeString(digits); err == nil && len(b) == len(ID{}) {
			return ID(b), ""
		}
	}
	return NewID(), source
}

var errStop = errors.New("the reader stopped")

func (e Entry) portable() portable.Entry {
	source := e.Source
	if source == "" {
		source = ownSource + hex.EncodeToString(e.ID[:])
	}
	return portable.Entry{
		SourceID: source, Text: e.Text, Moods: e.Moods, Tags: e.Tags,
		Written: e.Written, Zone: e.Zone, LocalDate: e.Date, AllDay: e.AllDay, Starred: e.Starred,
		Created: e.Created, Edited: e.Edited,
	}
}
