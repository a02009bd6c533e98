package posting

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		for y := range 48 {
			m.Set(x, y, color.RGBA{uint8(x * 4), uint8(y * 5), 90, 255})
		}
	}
	return m
}

// jpegWith is a photo with segments put behind its beginning and bytes behind its end.
func jpegWith(t testing.TB, behind string, segments ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	out := append([]byte{}, b.Bytes()[:2]...)
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(append(out, b.Bytes()[2:]...), behind...)
}

func segment(mark byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, mark}, uint16(len(body)+2)), body...)
}

// exif is a segment as phones write it: turned by a quarter, with a place.
const exif = "Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x02\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x25\x88\x04\x00\x01\x00\x00\x00\x26\x00\x00\x00\x00\x00\x00\x00GPS 32.39N 119.41E"

func TestPhotosKeepNothingButThePicture(t *testing.T) {
	photo := jpegWith(t, "FILM 32.39N", segment(0xe1, exif), segment(0xfe, "HUAWEI 32.39N"), segment(0xe2, "ICC 32.39N"), segment(0xed, "IPTC 32.39N"))
	clean, ending, err := bare(photo)
	if err != nil || ending != ".jpg" {
		t.Fatal(ending, err)
	}
	for _, secret := range []string{"32.39", "GPS", "HUAWEI", "FILM"} {
		if bytes.Contains(clean, []byte(secret)) {
			t.Errorf("%q is still there", secret)
		}
	}
	if turn := orientation(clean[6:]); turn != 6 {
		t.Errorf("turned by %d, want 6", turn)
	}
	m, err := jpeg.Decode(bytes.NewReader(clean))
	if err != nil || m.Bounds() != picture().Bounds() {
		t.Errorf("the picture itself: %v", err)
	}
	again, _, err := bare(clean)
	if err != nil || !bytes.Equal(again, clean) {
		t.Errorf("a clean photo changes: %v", err)
	}
	plain, _, err := bare(jpegWith(t, ""))
	if err != nil || !bytes.Equal(plain, jpegWith(t, "")) {
		t.Errorf("a photo with nothing in it changes: %v", err)
	}

	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		t.Fatal(err)
	}
	chunk := func(kind, body string) []byte {
		c := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
		c = append(c, kind+body...)
		return binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE([]byte(kind+body)))
	}
	raw := b.Bytes()
	told := append(append(append([]byte{}, raw[:33]...), append(chunk("tEXt", "GPS 32.39N"), chunk("eXIf", "GPS 32.39N")...)...), raw[33:]...)
	clean, ending, err = bare(told)
	if err != nil || ending != ".png" || !bytes.Equal(clean, raw) {
		t.Errorf("%s, %v, %d bytes of %d", ending, err, len(clean), len(raw))
	}
}

func TestWhatIsNoPhotoIsRefused(t *testing.T) {
	photo := jpegWith(t, "")
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("这不是照片"), "html": []byte("<html><script>alert(1)</script>"), "pdf": []byte("%PDF-1.7\n%%EOF\n"),
		"cut off in its head": photo[:80], "cut off in its scan": photo[:len(photo)-20],
	} {
		_, _, err := bare(b)
		var not errPicture
		if !errors.As(err, &not) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range len(photo) { // whatever is broken in it, nothing panics
		bad := bytes.Clone(photo)
		bad[i] ^= 0xff
		_, _, _ = bare(bad)
	}
}
