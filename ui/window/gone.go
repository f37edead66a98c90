package window

import (
	"errors"

	pages "ebb/ui/home"
	office "ebb/ui/practice"
	"ebb/ui/sentence"
	"ebb/vault/practice"
)

// failed tells an error of a page of a practice. A page whose case is no longer here goes
// with it.
func (s *shell) failed(err error) {
	switch {
	case !errors.Is(err, practice.ErrCaseGone):
		s.w.toast(sentence.Of(err))
	case s.building: // there is no page to leave yet
		s.gone = true
	default:
		s.leaveGone()
	}
}

// leaveGone leads from a case that is no longer here to the caseload, or locks where the
// computer was handed over.
func (s *shell) leaveGone() {
	if _, there := s.page.(*office.CaseloadPage); !there && s.w.shell == s {
		s.show(placeCaseload, func() pages.Page { return s.practicePage(placeCaseload) })
	}
	if s.w.shell == s {
		s.w.toast(sentence.Of(practice.ErrCaseGone))
	}
}
