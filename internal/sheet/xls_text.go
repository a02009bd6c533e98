package sheet

import "unicode/utf16"

// segmented reads a record that goes on in CONTINUE records. Characters that
// cross into the next one begin there with a fresh width flag (MS-XLS 2.5.293);
// all other data simply goes on. Reading past the end gives zeros.
type segmented struct {
	segs [][]byte
	pos  int
}

// settle moves to the next segment when the current one is used up.
func (s *segmented) settle() bool {
	for len(s.segs) > 0 && s.pos >= len(s.segs[0]) {
		s.segs, s.pos = s.segs[1:], 0
	}
	return len(s.segs) > 0
}

func (s *segmented) done() bool { return !s.settle() }

func (s *segmented) u8() int {
	if !s.settle() {
		return 0
	}
	s.pos++
	return int(s.segs[0][s.pos-1])
}

func (s *segmented) u16() int { return s.u8() | s.u8()<<8 }

func (s *segmented) skip(n int) {
	for n > 0 && s.settle() {
		k := min(n, len(s.segs[0])-s.pos)
		s.pos += k
		n -= k
	}
}

// text reads the width flag and n characters.
func (s *segmented) text(n int) string { return s.chars(n, s.u8()&1 == 1) }

// chars reads n characters, one byte each (Latin-1) or two (UTF-16).
func (s *segmented) chars(n int, wide bool) string {
	units := make([]uint16, 0, min(n, maxCellLen))
	for range n {
		if len(s.segs) > 0 && s.pos >= len(s.segs[0]) {
			if !s.settle() {
				break
			}
			wide = s.u8()&1 == 1
		}
		if s.done() {
			break
		}
		u := s.u8()
		if wide {
			u |= s.u8() << 8
		}
		units = append(units, uint16(u))
	}
	return string(utf16.Decode(units))
}

// richText reads one shared string: its length, its flags, the counts of its
// formatting runs and phonetic data, the characters, then what is passed over.
func (s *segmented) richText() string {
	n, flags := s.u16(), s.u8()
	runs, ext := 0, 0
	if flags&8 != 0 {
		runs = s.u16()
	}
	if flags&4 != 0 {
		ext = s.u16() | s.u16()<<16
	}
	t := s.chars(n, flags&1 == 1)
	s.skip(4 * runs)
	s.skip(ext)
	return t
}
