package home

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"strings"

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
// by their source's id, so an import that was interrupted can simply run again.
//
// Every batch is one commit: after an error, or when ctx ends, what was added
// stays, and the summary says how much it was. What was read before the source
// broke off is added too. progress may be nil; total is -1
// if the source cannot tell.
func (j *Journal) Import(ctx context.Context, src portable.Source, progress func(done, total int)) (ImportSummary, error) {
	var sum ImportSummary
	done := 0
	var broken error // why the source gives no more
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
		added, err := j.addImported(ctx, batch)
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

func (j *Journal) addImported(ctx context.Context, batch []portable.Entry) (added int, err error) {
	if len(batch) == 0 {
		return 0, ctx.Err()
	}
	err = j.private.Update(ctx, func(tx *drawer.Tx) error {
		for _, p := range batch {
			id, source := sourceID(p.SourceID)
			var known bool
			if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM entry WHERE source = ? OR id = ?)`, p.SourceID, id[:]).Scan(&known); err != nil {
				return err
			}
			if known {
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

// Exported yields every entry in the form in which it leaves the vault, the
// oldest first.
func (j *Journal) Exported(ctx context.Context) iter.Seq2[portable.Entry, error] {
	return func(yield func(portable.Entry, error) bool) {
		err := j.Each(ctx, func(e Entry) error {
			if !yield(e.portable(), nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(portable.Entry{}, err)
		}
	}
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
