package posting

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
)

// Codes makes the codes that stand on paper alone, and knows them again. Seal is a keyed hash whose key lies in the key folder: it
// is the same on every server of the town and for ever, so nothing about a printed sheet needs to be kept.
type Codes struct{ Seal func(text string) string }

const (
	// codeDays is for how long a printed code is good at least: a quarter. Sheets that must hang longer keep theirs.
	codeDays = 92
	// codeDate is the day of printing within a code.
	codeDate = "060102"
	// codeLength is the day and 60 bits of the keyed hash.
	codeLength = len(codeDate) + 12
)

var letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// For is the code of a notice printed on a day: of use for that notice alone. sheet is the covering after which it is printed, 0 for
// none: a sheet that still tells what was covered is known by its code.
func (c Codes) For(notice int64, printed calendar.Date, sheet int64) string {
	text := fmt.Sprintf("posting/1 %d %s", notice, printed)
	if sheet > 0 {
		text = fmt.Sprintf("posting/2 %d %s %d", notice, printed, sheet)
	}
	sum := sha256.Sum256([]byte(c.Seal(text)))
	day := strings.ReplaceAll(string(printed), "-", "")[2:]
	return day + strings.ToLower(letters.EncodeToString(sum[:8]))[:12]
}

// read finds the sheet of a notice that a code stands on, among those that were ever printed; fault says in what way the code is
// no good today, and is "" when it is good.
func (c Codes) read(n disclosure.Row, code string, sheets []int64, today calendar.Date) (sheet int64, fault string) {
	code = strings.ToLower(strings.TrimSpace(code))
	if len(code) != codeLength {
		return 0, "核实码不完整。请重新扫纸上右边那个“现场核实”的码。"
	}
	day, err := time.Parse(codeDate, code[:len(codeDate)])
	if err != nil {
		return 0, "核实码看不懂。请重新扫纸上“现场核实”的码。"
	}
	printed := calendar.Of(day.Year(), int(day.Month()), day.Day())
	at := slices.IndexFunc(sheets, func(sheet int64) bool { return hmac.Equal([]byte(code), []byte(c.For(n.ID, printed, sheet))) })
	if at < 0 {
		return 0, "核实码不是这张公示的。请扫公开栏上这张纸自己的码；还是不行的，这张纸可能不是从这里打印的，请告诉监督委员会。"
	}
	if today > max(printed.AddDays(codeDays), n.Last) {
		return 0, "这张纸是" + printed.Chinese() + "打印的，核实码已经过期。请告诉村（居）委会换一张新打印的。"
	}
	return sheets[at], ""
}

// mark tells a device again, on one day, for one notice: no other two can be put together by it.
func (c Codes) mark(device string, notice int64, day calendar.Date) string {
	if device == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(c.Seal(fmt.Sprintf("device/1 %s %d %s", device, notice, day))))
	return strings.ToLower(letters.EncodeToString(sum[:10]))
}

const (
	// paceMost is how many check-ins without log-in one network address may send within paceEvery: a family behind one line.
	paceMost  = 12
	paceEvery = 10 * time.Minute
	// paceRoom bounds the addresses that are remembered, in memory alone.
	paceRoom = 4096
)

// pace counts check-ins without log-in by network address. Nothing of it is written down.
type pace struct {
	mu   sync.Mutex
	from map[string][]time.Time
}

// take says whether an address may send another one now.
func (p *pace) take(address string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.from == nil {
		p.from = map[string][]time.Time{}
	}
	if _, known := p.from[address]; !known && len(p.from) >= paceRoom {
		p.forget()
	}
	var fresh []time.Time
	for _, t := range p.from[address] {
		if age := now.Sub(t); age >= 0 && age < paceEvery {
			fresh = append(fresh, t)
		}
	}
	if len(fresh) >= paceMost {
		p.from[address] = fresh
		return false
	}
	p.from[address] = append(fresh, now)
	return true
}

// forget makes room: the address that has been silent longest goes.
func (p *pace) forget() {
	var oldest string
	var last time.Time
	for address, times := range p.from {
		if t := times[len(times)-1]; oldest == "" || t.Before(last) {
			oldest, last = address, t
		}
	}
	delete(p.from, oldest)
}
