package portable

import "encoding/json"

func openDayOne(path string) (Source, error) {
	streams, closer, err := journals(path, isJournal, nil)
	if err != nil {
		return nil, err
	}
	zones := places{}
	decode := func(raw []byte) (Entry, Left, []string, string) { return dayOneEntry(raw, zones) }
	source, err := newJSONJournal(streams, closer, decode, anyJournal)
	if err != nil {
		closer.Close()
		return nil, err
	}
	return source, nil
}

// anyJournal takes every object with entries for a journal.
func anyJournal(map[string]json.RawMessage) bool { return true }
