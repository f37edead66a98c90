package exercises

import "slices"

// Contraindication is a reason to leave an exercise closed (content.md, 3.4). Nobody
// is told which one applied.
type Contraindication string

// The contraindications.
const (
	Coercion     Contraindication = "X1" // pressure, fear, violence, or not yet seen alone
	Betrayal     Contraindication = "X2" // recent or undisclosed
	Pain         Contraindication = "X3" // with touch or sex, bleeding, chest pain, a sudden change
	Trauma       Contraindication = "X4" // near, or losing touch with oneself
	Crisis       Contraindication = "X5" // not wanting to live, psychosis, mania
	Quarrel      Contraindication = "X6" // a row today
	Recovery     Contraindication = "X7" // after a birth, an operation, during cancer treatment
	Intoxication Contraindication = "X8" // alcohol or other substances today
	OnlyOne      Contraindication = "X9" // not everybody has opened it
)

// contraindications are all of them.
var contraindications = []Contraindication{Coercion, Betrayal, Pain, Trauma, Crisis, Quarrel, Recovery, Intoxication, OnlyOne}

// Questions are what a person is asked, alone, before they open an exercise: its own
// contraindications, and pain before everything of closeness 2 or more, whatever
// anybody marked (care.md, 4). They come in one order, so that it says nothing.
func (e *Exercise) Questions() []Contraindication {
	var asked []Contraindication
	for _, c := range contraindications {
		if c == OnlyOne {
			continue // nobody is asked about others
		}
		if c == Pain && e.Closeness >= 2 || slices.Contains(e.NotWith, c) {
			asked = append(asked, c)
		}
	}
	return asked
}

// SortContraindications brings them into the one order in which they are asked about.
func SortContraindications(all []Contraindication) { slices.Sort(all) }
