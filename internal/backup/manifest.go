package backup

import (
	"fmt"
	"time"
)

// format names the archive's layout for ever; archives of the first one are read too.
const (
	format      = "cunju-backup/2"
	firstFormat = "cunju-backup/1"
)

// Manifest says what an archive holds.
type Manifest struct {
	Format  string    `json:"format"`
	Made    time.Time `json:"made"`
	Version string    `json:"version"` // of the program that made it
	Engine  string    `json:"engine"`  // of the database it was made from
	Towns   []Town    `json:"towns"`
	Keys    bool      `json:"keys"` // keys.age is there
	// Settings are the public settings of the data folder, by file: whose signatures a checkpoint needs (policy.txt, publish.txt).
	Settings map[string]string `json:"settings,omitempty"`
	Skipped  []string          `json:"skipped,omitempty"` // attachments that were damaged already and are not in it
	Parts    []Part            `json:"parts"`
}

// Town is one journal in an archive.
type Town struct {
	Town   string `json:"town"`
	Origin string `json:"origin"`
	Size   int64  `json:"size"` // number of acts
	Root   []byte `json:"root"` // tree hash over them
}

// Part is one file of an archive.
type Part struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // hex, of the unpacked bytes
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows,omitempty"`
}

// part finds a part by name.
func (m *Manifest) part(name string) (Part, bool) {
	for _, p := range m.Parts {
		if p.Name == name {
			return p, true
		}
	}
	return Part{}, false
}

// Damaged says that an archive is not what was written.
type Damaged struct {
	Part  string // name of the part; "" when it is about the archive as a whole
	Entry int64  // number of the first act concerned, −1 when it is about none
	What  string // in plain Chinese
}

// Error names part and entry.
func (d *Damaged) Error() string {
	switch {
	case d.Part == "":
		return "备份文件" + d.What
	case d.Entry >= 0:
		return fmt.Sprintf("备份的 %s 第 %d 号%s", d.Part, d.Entry, d.What)
	}
	return fmt.Sprintf("备份的 %s %s", d.Part, d.What)
}

// Progress is told how far a long work is.
type Progress func(what string, done, total int64)

func (p Progress) tell(what string, done, total int64) {
	if p != nil {
		p(what, done, total)
	}
}
