package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/practice"
)

// attended names who was at the meeting that a joint note is about, or is nil where
// that is not kept. Who was away is not named: everybody of the case may ask to read it.
func (p *NotePage) attended() fyne.CanvasObject {
	if p.wanted.Audience != store.Joint || p.open == nil || p.open.note.Meeting == (store.ID{}) {
		return nil
	}
	meeting, err := p.c.Meetings.Meeting(context.Background(), p.open.note.Meeting)
	if err != nil {
		p.d.Failed(err)
		return nil
	}
	var names []string
	for _, a := range meeting.Attendance {
		name := nameOf(p.members, a.Member)
		switch a.State {
		case store.Present:
			names = append(names, name)
		case store.Part:
			names = append(names, lang.F("practice-note.present-part", map[string]any{"Name": name}))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return kit.NewText(kit.Small, lang.F("practice-note.present", map[string]any{"Names": strings.Join(names, ", ")})).In(kit.ColorMuted)
}
