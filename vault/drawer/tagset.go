package drawer

import (
	"crypto/cipher"
	"encoding/binary"
	"math/bits"
)

// tag is the authentication tag of a page or frame.
type tag [tagSize]byte

func (t *tag) xor(other tag) {
	for i := range t {
		t[i] ^= other[i]
	}
}

// tagSet holds the tag of every page of the main file, and their root: the
// exclusive or, over all pages, of a pseudo-random function of page number and
// tag. A page that is authentic by itself but older than it should be, or at
// another's place, or missing, changes the root.
//
// A page is unknown while only the log can tell what it holds: its place in the
// main file may be torn, and is not read.
type tagSet struct {
	prf     cipher.Block
	scratch tag    // here, because what is passed to an interface escapes
	list    []byte // the tags of all pages, one behind the other, with room for the largest table
	unknown pageSet
	root    tag // of the known pages
}

func newTagSet(key *Key, id *ID) *tagSet {
	k := deriveKey(key, id, tagSetLabel)
	defer clear(k)
	s := &tagSet{prf: newAES(k)}
	s.list = offHeap(s, maxPages*tagSize+recordOverhead)[:0]
	return s
}

// share is one page's part of the root: AES(AES(page + 1) ⊕ tag), the CBC-MAC of
// two blocks.
func (s *tagSet) share(page uint32, t tag) tag {
	s.scratch = tag{}
	binary.BigEndian.PutUint32(s.scratch[12:], page+1)
	s.prf.Encrypt(s.scratch[:], s.scratch[:])
	s.scratch.xor(t)
	s.prf.Encrypt(s.scratch[:], s.scratch[:])
	return s.scratch
}

// pages returns the number of pages.
func (s *tagSet) pages() uint32 { return uint32(len(s.list) / tagSize) }

// at returns the tag of a page.
func (s *tagSet) at(page uint32) tag { return tag(s.list[int(page)*tagSize:]) }

// count takes what list holds for the tags of so many pages.
func (s *tagSet) count(pages uint32) {
	s.list, s.root = s.list[:int(pages)*tagSize], tag{}
	s.unknown.clear()
	for page := range pages {
		s.root.xor(s.share(page, s.at(page)))
	}
}

// set gives page its new tag; page may be the first one past the end.
func (s *tagSet) set(page uint32, t tag) {
	if page == s.pages() {
		s.list = append(s.list, t[:]...)
	} else {
		if !s.unknown.has(page) {
			s.root.xor(s.share(page, s.at(page)))
		}
		s.unknown.remove(page)
		copy(s.list[int(page)*tagSize:], t[:])
	}
	s.root.xor(s.share(page, t))
}

// forget makes a page unknown.
func (s *tagSet) forget(page uint32) {
	if !s.unknown.has(page) {
		s.root.xor(s.share(page, s.at(page)))
		s.unknown.add(page)
	}
}

// cut removes all pages from the given one on.
func (s *tagSet) cut(pages uint32) {
	for p := pages; p < s.pages(); p++ {
		s.forget(p)
		s.unknown.remove(p)
	}
	s.list = s.list[:int(pages)*tagSize]
}

// rootWithout returns the root of the pages before limit that are known and not
// in covered.
func (s *tagSet) rootWithout(covered *pageSet, limit uint32) tag {
	root := s.root
	covered.each(func(page uint32) {
		if page < s.pages() && page < limit && !s.unknown.has(page) {
			root.xor(s.share(page, s.at(page)))
		}
	})
	for page := limit; page < s.pages(); page++ {
		if !s.unknown.has(page) {
			root.xor(s.share(page, s.at(page)))
		}
	}
	return root
}

// pageSet is a set of page numbers.
type pageSet struct {
	words []uint64
	n     int
}

func (p *pageSet) has(page uint32) bool {
	w := page / 64
	return int(w) < len(p.words) && p.words[w]&(1<<(page%64)) != 0
}

func (p *pageSet) add(page uint32) {
	if p.has(page) {
		return
	}
	for int(page/64) >= len(p.words) {
		p.words = append(p.words, 0)
	}
	p.words[page/64] |= 1 << (page % 64)
	p.n++
}

func (p *pageSet) remove(page uint32) {
	if p.has(page) {
		p.words[page/64] &^= 1 << (page % 64)
		p.n--
	}
}

func (p *pageSet) clear() {
	clear(p.words)
	p.n = 0
}

// each calls fn with every page of the set, in order.
func (p *pageSet) each(fn func(page uint32)) {
	for i, w := range p.words {
		for ; w != 0; w &= w - 1 {
			fn(uint32(64*i + bits.TrailingZeros64(w)))
		}
	}
}
