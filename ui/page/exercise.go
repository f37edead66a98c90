package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
)

// Reading is an exercise in full: what it needs, how it goes and how it ends, when to
// leave it, and whom it draws on.
func Reading(e *exercises.Exercise) []fyne.CanvasObject {
	told := []fyne.CanvasObject{Heading(lang.T("exercise.needs"))}
	for _, need := range e.Needs {
		told = append(told, Bullet(need))
	}
	told = append(told, Heading(lang.T("exercise.steps")))
	for i, s := range e.Steps {
		told = append(told, kit.Hanging(34, kit.NewText(kit.Strong, lang.F("exercise.number", map[string]any{"Number": i + 1})).In(kit.ColorAccent),
			kit.Column(0, kit.NewText(kit.Strong, s.Title), kit.NewText(kit.Body, s.Text).In(kit.ColorMuted))))
	}
	told = append(told,
		Heading(lang.T("exercise.leave-it")), kit.NewText(kit.Body, e.LeaveIt),
		Heading(lang.T("exercise.variations")),
		Variation(lang.T("exercise.tired"), e.Variations.Tired),
		Variation(lang.T("exercise.distance"), e.Variations.Distance),
		Variation(lang.T("exercise.body"), e.Variations.Body),
		Variation(lang.T("exercise.calm"), e.Variations.Calm))
	if e.After.Literal != "" {
		told = append(told, Variation(lang.T("exercise.literal"), e.After.Literal))
	}
	told = append(told,
		Heading(lang.T("exercise.stopping")), kit.NewText(kit.Body, e.After.Stop),
		Heading(lang.T("exercise.badly")), kit.NewText(kit.Body, e.After.Badly),
		Heading(lang.T("exercise.draws-on")),
		kit.NewText(kit.Small, strings.Join(e.DrawsOn, " · ")).In(kit.ColorMuted),
		kit.NewText(kit.Small, lang.T("exercise.not-affiliated")).In(kit.ColorMuted))
	return told
}

// Asked is what comes before and after an exercise: what is asked aloud, when to leave
// it closed, its first and last words, and what each person is asked to think about.
func Asked(e *exercises.Exercise) []fyne.CanvasObject {
	told := []fyne.CanvasObject{
		Heading(lang.T("exercise.before")), kit.NewQuoted(kit.NewText(kit.Quote, e.Consent)),
		Heading(lang.T("own.not-with")),
	}
	for _, c := range e.NotWith {
		if word := ContraindicationWord(c); word != "" {
			told = append(told, Bullet(word))
		}
	}
	told = append(told, Variation(lang.T("own.area.opening"), e.Opening), Variation(lang.T("own.area.closing"), e.After.Closing))
	return append(told, Variation(lang.T("print.for-yourself"), strings.Join(e.After.Reflect, "\n")))
}

// ContraindicationWord is a reason to leave an exercise closed, in a few words; empty
// for the one that nobody is asked about.
func ContraindicationWord(c exercises.Contraindication) string {
	switch c {
	case exercises.Coercion:
		return lang.T("own.x-coercion")
	case exercises.Betrayal:
		return lang.T("own.x-betrayal")
	case exercises.Pain:
		return lang.T("own.x-pain")
	case exercises.Trauma:
		return lang.T("own.x-trauma")
	case exercises.Crisis:
		return lang.T("own.x-crisis")
	case exercises.Quarrel:
		return lang.T("own.x-quarrel")
	case exercises.Recovery:
		return lang.T("own.x-recovery")
	case exercises.Intoxication:
		return lang.T("own.x-intoxication")
	}
	return ""
}

// Heading stands above a part of a text.
func Heading(text string) fyne.CanvasObject {
	return kit.Column(0, kit.Gap(kit.SpaceM), kit.NewText(kit.Sub, text))
}

// Bullet is a line of a list.
func Bullet(text string) fyne.CanvasObject {
	return kit.Hanging(22, kit.NewText(kit.Body, lang.T("exercise.bullet")).In(kit.ColorAccent), kit.NewText(kit.Body, text))
}

// Variation is a paragraph under its name.
func Variation(name, text string) fyne.CanvasObject {
	return kit.Column(0, kit.NewText(kit.Kicker, name).In(kit.ColorAccent), kit.NewText(kit.Body, text).In(kit.ColorMuted))
}

// Choice is a row of chips of which at most one is chosen.
func Choice(name string, words []string, icons []kit.Icon, changed func(chosen int)) fyne.CanvasObject {
	chips := make([]*kit.Chip, len(words))
	var row []fyne.CanvasObject
	for i, word := range words {
		chips[i] = kit.NewChip(word, func(on bool) {
			for k, other := range chips {
				if k != i && other.Chosen() {
					other.SetChosen(false)
				}
			}
			if !on {
				changed(-1)
				return
			}
			changed(i)
		})
		if icons != nil {
			chips[i] = chips[i].WithIcon(icons[i])
		}
		row = append(row, chips[i])
	}
	return kit.Column(kit.SpaceXS, kit.NewText(kit.Caption, name).In(kit.ColorMuted), kit.Flow(kit.SpaceS, row...))
}

// ClosenessShort is the word on a card, where there is little room.
func ClosenessShort(c exercises.Closeness) string {
	if c == 1 {
		return lang.T("menu.closeness-1-short")
	}
	return ClosenessWord(c)
}

// WhoWord says for whom an exercise is.
func WhoWord(w exercises.Who) string {
	switch w {
	case exercises.Alone:
		return lang.T("menu.alone")
	case exercises.AloneThenTogether:
		return lang.T("menu.alone-first")
	}
	return lang.T("menu.together")
}

// TimeWord says how long something takes.
func TimeWord(minutes int) string { return lang.N("menu.minutes", minutes, nil) }

// CategoryWord is the name of a shelf.
func CategoryWord(c exercises.Category) string {
	switch c {
	case exercises.Closer:
		return lang.T("menu.shelf-closeness")
	case exercises.Appreciation:
		return lang.T("menu.shelf-appreciation")
	case exercises.Language:
		return lang.T("menu.shelf-language")
	case exercises.Mapping:
		return lang.T("menu.shelf-mapping")
	case exercises.Tempo:
		return lang.T("menu.shelf-tempo")
	case exercises.Boundaries:
		return lang.T("menu.shelf-boundaries")
	case exercises.Repair:
		return lang.T("menu.shelf-repair")
	case exercises.Planning:
		return lang.T("menu.shelf-planning")
	case exercises.Health:
		return lang.T("menu.shelf-health")
	case exercises.Values:
		return lang.T("menu.shelf-values")
	case exercises.Histories:
		return lang.T("menu.shelf-histories")
	}
	return lang.T("menu.shelf-touch")
}
