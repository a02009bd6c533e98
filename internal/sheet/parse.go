package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"cunju/internal/calendar"
)

// Level says how grave a problem is.
type Level string

// An error keeps its row from being committed; a warning does not.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// fault is what a parser has to say about one cell.
type fault struct {
	level   Level
	message string
	rule    string
}

func errorf(message string) *fault   { return &fault{level: Error, message: message} }
func warningf(message string) *fault { return &fault{level: Warning, message: message} }

// maxFen bounds an amount in a table, so that a full table of them can be added
// up in 64 bits.
const maxFen = 40_000_000_000_000

// parser turns cells of one matched column into canonical values.
type parser struct {
	col     *Column
	scale   int64             // Money: fen per unit when a cell names none
	options map[string]string // Choice: tight text to value
}

func newParser(col *Column, scale int64) *parser {
	p := &parser{col: col, scale: scale}
	if col.Kind == Choice {
		p.options = map[string]string{}
		for _, o := range col.Choices {
			for _, s := range append([]string{o.Value}, o.Synonyms...) {
				p.options[choiceKey(s)] = o.Value
			}
		}
	}
	return p
}

// parse returns the canonical value of a cell, empty when the cell is or when
// it cannot be read, and what is wrong with it.
func (p *parser) parse(c Cell) (string, *fault) {
	switch c.Kind {
	case CellEmpty:
		return "", nil
	case CellError:
		if c.Raw == noResult {
			return "", errorf("公式还没有算出结果。请用 WPS 打开，保存一次后重新上传")
		}
		return "", errorf("公式出错（" + c.Raw + "），请改为正确的值")
	}
	value, f := p.convert(c)
	if value != "" && p.col.Check != nil {
		if m := p.col.Check(value); m != "" {
			f = &fault{Error, m, p.col.Rule}
		}
	}
	return value, f
}

func (p *parser) convert(c Cell) (string, *fault) {
	text := tidy(c.Raw)
	if c.Kind == CellBool && p.col.Kind == Choice {
		text = map[string]string{"TRUE": "是", "FALSE": "否"}[c.Raw]
	}
	if text == "" || dash(text) || text == "无" && p.col.Kind != Text && p.col.Kind != Choice {
		return "", nil
	}
	switch p.col.Kind {
	case IDText:
		return parseID(c, text)
	case Date:
		return p.parseDate(c, text)
	case Month:
		return p.parseMonth(c, text)
	case Money:
		fen, message := ParseMoney(text, p.scale)
		if message != "" {
			return "", errorf(message)
		}
		if max(fen, -fen) > maxFen {
			return "", errorf("金额“" + clip(text) + "”超过 4000 亿元，请核对")
		}
		if fen < 0 && p.col.Positive {
			return "", errorf("金额不能是负数，填的是 " + text)
		}
		return strconv.FormatInt(fen, 10), nil
	case Int:
		return p.parseInt(text)
	case Choice:
		return p.parseChoice(text)
	case Phone:
		return parsePhone(c, text)
	case Serial:
		return "", nil
	}
	return text, nil
}

// dash reports the marks with which forms say "nothing here".
func dash(s string) bool {
	return strings.Trim(s, "-—–/\\") == ""
}

var exponent = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+?\d{1,2}$`)

// damaged reports a number that no longer holds its digits: above 15 digits a
// spreadsheet keeps only the first 15.
func damaged(c Cell, text string) bool {
	if exponent.MatchString(text) {
		return true
	}
	whole, _, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return c.Kind == CellNumber && len(whole) > 15
}

const damagedMessage = "这一格存成了数字，后几位已经丢失，恢复不了。请把这一栏设为“文本”格式，按证件重新填写"

// parseID keeps letters and digits; spaces, quotes and hyphens between them go.
func parseID(c Cell, text string) (string, *fault) {
	if damaged(c, text) {
		return "", errorf(damagedMessage)
	}
	if c.Kind == CellDate || c.Kind == CellNumber && strings.ContainsAny(text, ".-") {
		return "", errorf("这一格存成了数字或日期。请把这一栏设为“文本”格式后重新填写")
	}
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n'\"`‘’“”", r) {
			return -1
		}
		return r
	}, text)), nil
}

func (p *parser) parseInt(text string) (string, *fault) {
	s := strings.ReplaceAll(tight(text), ",", "")
	for _, u := range []string{"周岁", "岁", "年", "人", "户", "个", "名", "次", "天", "分钟", "%"} {
		s = strings.TrimSuffix(s, u)
	}
	if whole, frac, ok := strings.Cut(s, "."); ok && strings.Trim(frac, "0") == "" {
		s = whole
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return "", errorf("应填整数，填的是“" + clip(text) + "”")
	}
	if n < 0 && p.col.Positive {
		return "", errorf("不能是负数，填的是 " + clip(text))
	}
	return strconv.FormatInt(n, 10), nil
}

var choiceCode = regexp.MustCompile(`^[0-9a-z]{1,3}[-.、:_]?`)

// choiceKey is the form in which choices are compared.
func choiceKey(s string) string {
	return strings.Trim(strings.ToLower(tight(s)), "。.,;、")
}

func (p *parser) parseChoice(text string) (string, *fault) {
	key := choiceKey(text)
	if v, ok := p.options[key]; ok {
		return v, nil
	}
	// Systems print codes with the words: "01汉族", "汉族(01)".
	if v, ok := p.options[choiceCode.ReplaceAllString(key, "")]; ok {
		return v, nil
	}
	if head, _, ok := strings.Cut(key, "("); ok {
		if v, ok := p.options[head]; ok {
			return v, nil
		}
	}
	if key == "无" {
		return "", nil
	}
	if p.col.Open {
		return text, warningf("“" + clip(text) + "”不在常用选项里，已照原样保留，请核对")
	}
	var words []string
	for _, o := range p.col.Choices {
		if words = append(words, o.Value); len(words) == 8 && len(p.col.Choices) > 9 {
			words = append(words, "…")
			break
		}
	}
	return "", errorf("“" + clip(text) + "”不在可选范围内，可填：" + strings.Join(words, "、"))
}

var (
	mobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^(0\d{2,3})-?([2-9]\d{6,7})$`)
	local    = regexp.MustCompile(`^[2-9]\d{6,7}$`)
)

// parsePhone accepts a mobile number or a landline with or without area code.
// Of two numbers in a cell the first counts.
func parsePhone(c Cell, text string) (string, *fault) {
	if damaged(c, text) {
		return "", errorf(damagedMessage)
	}
	parts := strings.FieldsFunc(strings.NewReplacer("(", "", ")", "-", "—", "-", "－", "-").Replace(text), func(r rune) bool {
		return strings.ContainsRune("/、,;，；\n\\", r)
	})
	var f *fault
	if len(parts) > 1 {
		f = warningf("填了两个号码，只取第一个：" + clip(parts[0]))
	}
	if len(parts) == 0 {
		return "", errorf("看不懂号码“" + clip(text) + "”")
	}
	s := strings.TrimPrefix(strings.ReplaceAll(parts[0], " ", ""), "+86")
	if m := mobile.FindString(strings.ReplaceAll(s, "-", "")); m != "" {
		return m, f
	}
	if m := landline.FindStringSubmatch(s); m != nil {
		return m[1] + "-" + m[2], f
	}
	if s = strings.ReplaceAll(s, "-", ""); local.MatchString(s) {
		return s, warningf("固定电话没有区号，请补上区号")
	}
	return "", errorf("号码“" + clip(text) + "”位数不对：手机号应为 11 位，固定电话请带区号")
}

// Of the ways to write a month as a number, 1998.1 says both January and, its
// zero lost, October.
var lostZero = regexp.MustCompile(`^(19|20)\d\d\.1$`)

// dateText finds the day or month that a cell of any kind means, as text.
func dateText(c Cell, text string) (string, *fault) {
	if c.Kind != CellNumber {
		s := tight(strings.TrimSuffix(text, "."))
		if i := strings.IndexByte(text, ' '); i >= 8 && strings.Contains(text[i:], ":") {
			s = tight(text[:i]) // a time of day behind the date
		}
		return strings.NewReplacer("号", "日", "年份", "年", "、", ".", "T00:00:00", "").Replace(s), nil
	}
	if lostZero.MatchString(text) {
		return "", errorf("数字 " + text + " 分不清是 1 月还是 10 月。请写成 " + text[:4] + "-01 或 " + text[:4] + "-10")
	}
	if strings.Contains(text, ".") && len(text) <= 7 && len(text) >= 6 {
		return text, nil
	}
	whole, _, _ := strings.Cut(text, ".")
	if n, err := strconv.Atoi(whole); err == nil && n >= 3000 && n < 100_000 {
		if day, ok := serialDay(float64(n), c.era1904); ok {
			return day, nil
		}
	}
	return text, nil
}

func (p *parser) parseDate(c Cell, text string) (string, *fault) {
	s, f := dateText(c, text)
	if f != nil {
		return "", f
	}
	d, err := calendar.Parse(s)
	if err == nil {
		return string(d), nil
	}
	if m, e := calendar.ParseMonth(s); e == nil {
		if p.col.Partial {
			return string(m)[:7], warningf("只有年月，没有日，按 " + string(m)[:7] + " 记录")
		}
		return "", errorf("“" + clip(text) + "”只有年月，请补上日，例如 2026-11-23")
	}
	return "", errorf(err.Error())
}

func (p *parser) parseMonth(c Cell, text string) (string, *fault) {
	s, f := dateText(c, text)
	if f != nil {
		return "", f
	}
	d, err := calendar.ParseMonth(s)
	if err != nil {
		day, e := calendar.Parse(s)
		if e != nil {
			return "", errorf(err.Error())
		}
		d = day
	}
	return string(d)[:7], nil
}
