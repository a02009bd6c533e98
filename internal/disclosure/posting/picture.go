package posting

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/jpeg" // formats of photos
	_ "image/png"
)

// errPicture says that a file is not a photo.
type errPicture string

// Error says so in plain words.
func (e errPicture) Error() string { return string(e) }

const notPicture errPicture = "这个文件不是能认出的照片（只收 jpg、png）。照片没有收下，其他内容还在；请重新拍一张，或者不附照片直接登记。"

// bare takes out of a photo whatever says where, when and with what it was taken: only the picture stays, and which way up it is.
// It gives the photo's ending too.
func bare(photo []byte) (clean []byte, ending string, err error) {
	c, format, err := image.DecodeConfig(bytes.NewReader(photo))
	if err != nil || c.Width < 16 || c.Height < 16 {
		return nil, "", notPicture
	}
	switch format {
	case "jpeg":
		clean, err = bareJPEG(photo)
		return clean, ".jpg", err
	case "png":
		clean, err = barePNG(photo)
		return clean, ".png", err
	}
	return nil, "", notPicture
}

// The marks of a JPEG stream (ISO/IEC 10918-1, table B.1).
const (
	markSOI = 0xd8
	markEOI = 0xd9
	markSOS = 0xda
	markAPP = 0xe0
	markCOM = 0xfe
)

// bareJPEG keeps the frame, its tables and the scans. Of the application segments it keeps JFIF and Adobe, without which colours
// go wrong, and a new one that says which way up. What stands behind the end, such as a film, goes.
func bareJPEG(b []byte) ([]byte, error) {
	if len(b) < 4 || b[0] != 0xff || b[1] != markSOI {
		return nil, notPicture
	}
	out := append(make([]byte, 0, len(b)), 0xff, markSOI)
	turn := 1
	var rest []byte
	for i := 2; ; {
		for i < len(b) && b[i] == 0xff && i+1 < len(b) && b[i+1] == 0xff { // fill bytes
			i++
		}
		if i+4 > len(b) || b[i] != 0xff {
			return nil, notPicture
		}
		mark := b[i+1]
		if mark == markEOI {
			break
		}
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		if n < 2 || i+2+n > len(b) {
			return nil, notPicture
		}
		segment := b[i : i+2+n]
		i += 2 + n
		switch {
		case mark == markAPP+1:
			if t := orientation(segment[4:]); t != 0 {
				turn = t
			}
		case mark > markAPP+1 && mark <= markAPP+15 && mark != markAPP+14, mark == markCOM:
		case mark == markSOS:
			end := scanEnd(b, i)
			rest = append(append(rest, segment...), b[i:end]...)
			i = end
		default:
			rest = append(rest, segment...)
		}
		if i+1 < len(b) && b[i] == 0xff && b[i+1] == markEOI {
			break
		}
		if i+1 >= len(b) {
			return nil, notPicture // cut off
		}
	}
	if turn > 1 {
		out = append(out, upright(turn)...)
	}
	return append(append(out, rest...), 0xff, markEOI), nil
}

// scanEnd is where the entropy-coded data of a scan end: at the next mark that is neither a stuffed byte nor a restart.
func scanEnd(b []byte, i int) int {
	for ; i+1 < len(b); i++ {
		if b[i] == 0xff && b[i+1] != 0 && (b[i+1] < 0xd0 || b[i+1] > 0xd7) {
			return i
		}
	}
	return len(b)
}

// orientation reads tag 0x0112 of an Exif segment's first directory, 0 when it has none (JEITA CP-3451, 4.6.4).
func orientation(b []byte) int {
	if !bytes.HasPrefix(b, []byte("Exif\x00\x00")) || len(b) < 14 {
		return 0
	}
	b = b[6:]
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at+2 > len(b) {
		return 0
	}
	for n := int(order.Uint16(b[at:])); n > 0; n-- {
		e := at + 2 + (n-1)*12
		if e+12 <= len(b) && order.Uint16(b[e:]) == 0x0112 {
			if t := int(order.Uint16(b[e+8:])); t >= 1 && t <= 8 {
				return t
			}
		}
	}
	return 0
}

// upright is an Exif segment that holds the orientation and nothing else.
func upright(turn int) []byte {
	body := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(turn)) + "\x00\x00\x00\x00\x00\x00")
	return append(binary.BigEndian.AppendUint16([]byte{0xff, markAPP + 1}, uint16(len(body)+2)), body...)
}

// shown are the chunks of a PNG that say how it looks (ISO/IEC 15948, clause 11).
var shown = map[string]bool{"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true, "sBIT": true, "pHYs": true}

// barePNG keeps the chunks that say how the picture looks.
func barePNG(b []byte) ([]byte, error) {
	const head = 8
	out := append(make([]byte, 0, len(b)), b[:head]...)
	for i := head; i+12 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[i:]))
		if n < 0 || i+12+n > len(b) {
			return nil, notPicture
		}
		kind := string(b[i+4 : i+8])
		if shown[kind] {
			out = append(out, b[i:i+12+n]...)
		}
		if kind == "IEND" {
			return out, nil
		}
		i += 12 + n
	}
	return nil, fmt.Errorf("cut off: %w", notPicture)
}
