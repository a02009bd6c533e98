package receipt

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"cunju/internal/journal"
	"cunju/internal/trust"
)

// Receipt is everything that proves a public act.
type Receipt struct {
	Act    journal.PublicAct `json:"act"`
	Proof  string            `json:"proof"`         // .tlog-proof
	Policy string            `json:"policy"`        // as it was when the receipt was made
	URL    string            `json:"url,omitempty"` // where the notice stands
}

const (
	version = "CUNJU1"
	// piece is how many characters of base32 stand in one line: a QR code of level M that a phone reads from paper.
	piece = 1100
	// longest bounds what a receipt may hold, in bytes, compressed and not.
	longest = 4 << 20
)

var base = base32.StdEncoding.WithPadding(base32.NoPadding)

// Lines writes a receipt, one line a QR code.
func (r Receipt) Lines() ([]string, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	text, id := base.EncodeToString(b.Bytes()), idOf(b.Bytes())
	n := (len(text) + piece - 1) / piece
	// Pieces of equal length: codes of equal size on paper.
	each := (len(text) + n - 1) / n
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf("%s:%d/%d:%s:%s", version, i+1, n, id, text[i*each:min((i+1)*each, len(text))]))
	}
	return lines, nil
}

// idOf tells the lines of one receipt from those of another.
func idOf(b []byte) string {
	sum := sha256.Sum256(b)
	return strings.ToUpper(fmt.Sprintf("%x", sum[:4]))
}

var line = regexp.MustCompile(version + `:(\d{1,4})/(\d{1,4}):([0-9A-F]{8}):([A-Z2-7]+)`)

// Read finds the lines of one receipt in a text, whatever stands around them and in whatever order, and puts them together. The
// lines are answered in order, as they were found. Errors are in Chinese and say which codes are missing.
func Read(text string) (r Receipt, lines []string, err error) {
	var parts []string
	id := ""
	for _, m := range line.FindAllStringSubmatch(text, -1) {
		k, _ := strconv.Atoi(m[1])
		n, _ := strconv.Atoi(m[2])
		switch {
		case id == "":
			id, parts, lines = m[3], make([]string, n), make([]string, n)
		case m[3] != id:
			return r, nil, errors.New("里面有两份不同凭据的码，请一份一份分开核对")
		}
		if n != len(parts) || k < 1 || k > n || parts[k-1] != "" && parts[k-1] != m[4] {
			return r, nil, fmt.Errorf("第 %d 个码和别的对不上，请重新扫描", k)
		}
		parts[k-1], lines[k-1] = m[4], m[0]
	}
	if id == "" {
		return r, nil, errors.New("里面没有凭据的码（以 " + version + ": 开头）")
	}
	var missing []string
	for i, p := range parts {
		if p == "" {
			missing = append(missing, strconv.Itoa(i+1))
		}
	}
	if len(missing) > 0 {
		return r, nil, fmt.Errorf("一共 %d 个码，还缺第 %s 个", len(parts), strings.Join(missing, "、"))
	}
	text = strings.Join(parts, "")
	packed, err := base.DecodeString(text)
	if err != nil || base.EncodeToString(packed) != text || idOf(packed) != id {
		return r, nil, errors.New("码不完整或有错字，请重新扫描")
	}
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), longest))
	if err != nil || json.Unmarshal(raw, &r) != nil {
		return r, nil, errors.New("码里的内容读不出来")
	}
	return r, lines, nil
}

// Checked is what a receipt proves.
type Checked struct {
	Header  journal.Header
	Payload []byte
	Signed  trust.Opened
}

// Check holds the receipt against a policy, with nothing but its arguments: the content against its fingerprint, the entry against
// the tree, the tree's checkpoint against the signatures that the policy asks for. Errors are in Chinese.
func (r Receipt) Check(p *trust.Policy) (c Checked, err error) {
	if c.Header, err = journal.ParseEntry([]byte(r.Act.Entry)); err != nil {
		return c, errors.New("登记条目不合格式")
	}
	salt, err := base64.StdEncoding.Strict().DecodeString(r.Act.Salt)
	if err != nil || !bytes.Equal(journal.Commit(salt, []byte(r.Act.Payload)), c.Header.Commitment) {
		return c, fmt.Errorf("第 %d 号的内容与封存的指纹不符，内容已被改动", c.Header.N)
	}
	c.Payload = []byte(r.Act.Payload)
	proof, err := journal.ParseProof(r.Proof)
	if err != nil {
		return c, errors.New("位置证明不完整")
	}
	if proof.Index != c.Header.N {
		return c, fmt.Errorf("证明是第 %d 号的，内容却是第 %d 号", proof.Index, c.Header.N)
	}
	if c.Signed, err = p.Open(proof.Checkpoint.Note); err != nil {
		return c, fmt.Errorf("检查点：%w", err)
	}
	if proof.Check([]byte(r.Act.Entry), p.Verifier()) != nil {
		return c, fmt.Errorf("第 %d 号不在这份证明所签的总账里", c.Header.N)
	}
	if !c.Signed.Met {
		return c, fmt.Errorf("见证不足：规则是%s；检查点上只有 %d 方有效的见证签名", p.Rule(), len(c.Signed.Cosigned))
	}
	return c, nil
}

// Short explains why a receipt with too few witnesses still says something: the log itself signed it.
func (c Checked) Short() bool { return c.Signed.Size > 0 && !c.Signed.Met }
