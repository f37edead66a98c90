package drawer

import "runtime"

// A drawer that was closed in order has a sealed table of the tags of all its
// pages at the head of its log file, so that opening it need not read every page
// for its tag. The table is a cache and nothing depends on it: it is believed only
// if the root that is computed from it is that of the state, and where it is
// missing, torn or of another time, the tags are read from the pages.
//
// It lies where the header of a log would. So there is a table or a log, never
// both, and everything that has to do with a log, which is to say everything that
// follows a crash, goes by the pages themselves.

// tableRoom is how much of the log file belongs to the table, in bytes, beside a
// main file of the given size: as much as all pages that fit there would take.
// Closing overwrites that much however many pages there are, so that two copies of
// a log file do not tell.
func tableRoom(mainSize int64) int64 {
	// The header area is in the place of four pages, whose tags would be 64 bytes. The
	// table's record needs 40 more than its tags.
	return sizeClass(mainSize) / pageSize * tagSize
}

func tableAddress(pages uint32) address {
	return address{kind: tableRecord, number: uint64(pages)}
}

// readTable takes the tags of all pages from the table, if it is that of the state
// st. What cannot be read is no table.
func (s *store) readTable(st state) bool {
	defer runtime.KeepAlive(s.tags)
	table := s.tags.list[:int(st.pages)*tagSize+recordOverhead]
	if err := s.log.read(table, 0); err != nil || !s.records.open(table, tableAddress(st.pages)) {
		return false
	}
	s.tags.count(st.pages)
	return s.tags.root == st.root
}

// writeTable puts the table over the head of the log, which must be needed no
// longer, and returns where it ends. It is the last that is done with the tags: the
// table is sealed in their place, and no page passes for authentic after that.
func (s *store) writeTable() (end int64, err error) {
	defer runtime.KeepAlive(s.tags)
	tags := s.tags.list
	table := tags[:len(tags)+recordOverhead]
	s.records.seal(table, tags, tableAddress(s.tags.pages()))
	return int64(len(table)), s.log.write(table, 0)
}
