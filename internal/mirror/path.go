package mirror

import "fmt"

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// Names of files at the root of a packet, and in a log.
const (
	ManifestFile = "MANIFEST"
	noteFile     = "MANIFEST.note"
	PolicyFile   = "policy.txt"
	checkpoint   = "checkpoint"
	FilesFolder  = "files"
	logFolder    = "log"
)

// LogPath is where a town's log lies in a mirror, and on the server.
func LogPath(town string) string { return logFolder + "/" + town }

// tilePath is a tile's path within a log (C2SP tlog-tiles): groups of three digits, all but the last with an x before it. Level
// −1 means the bundle of entries. A width below the full one makes it a partial tile.
func tilePath(level, i, width int64) string {
	n := fmt.Sprintf("%03d", i%1000)
	for i >= 1000 {
		i /= 1000
		n = fmt.Sprintf("x%03d/%s", i%1000, n)
	}
	part := "entries"
	if level >= 0 {
		part = fmt.Sprint(level)
	}
	if width < tileWidth {
		n += fmt.Sprintf(".p/%d", width)
	}
	return "tile/" + part + "/" + n
}

func actPath(n int64) string { return fmt.Sprintf("act/%d.json", n) }

// pieces calls f for every tile of a level over n hashes: full ones, then the partial one.
func pieces(n int64, f func(i, width int64) error) error {
	for i := int64(0); i*tileWidth < n; i++ {
		if err := f(i, min(tileWidth, n-i*tileWidth)); err != nil {
			return err
		}
	}
	return nil
}
