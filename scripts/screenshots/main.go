// Command screenshots takes pictures of the pages of a running server, for people to look at and for the README:
//
//	bin/cunju demo --data data/demo --no-serve
//	bin/cunju serve --data data/demo &
//	go run ./scripts/screenshots -url http://127.0.0.1:8080 -out pictures
//
// Each page is taken at 1440 × 900 and at 390 × 844, the upper part as it first meets the eye; -whole takes all of it.
// -only takes the pages whose name contains a word. It is run in the top folder, where the files to import are. Pictures are written as PNG with at most 256 colours where that makes
// them smaller; pages of text lose nothing by it.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"time"

	"cunju/demo"
	"cunju/e2e/browser"
)

// shot is one page: who opens it, how one gets there.
type shot struct {
	name  string
	login string
	path  string
	// follow are patterns of addresses: from each page the first link that fits is opened.
	follow []string
	// then does what else is needed.
	then func(tab *browser.Tab)
}

var shots = []shot{
	{name: "board", path: "/"},
	{name: "board-village", path: "/", follow: []string{`^/v/\d+$`}},
	{name: "notice", path: "/", follow: []string{`^/n/\d+$`}},
	{name: "verify", path: "/", follow: []string{`^/n/\d+$`, `^/n/\d+/verify$`}},
	{name: "sheet", path: "/", follow: []string{`^/n/\d+$`, `/print$`}},
	{name: "look-up", path: "/verify"},
	{name: "log", path: "/log"},
	{name: "rules", path: "/rules"},
	{name: "login", path: "/login"},
	{name: "missing", path: "/n/999999999"},
	{name: "me", login: "lixiuying", path: "/me"},
	{name: "security", login: "lixiuying", path: "/me/security"},
	{name: "password", login: "lixiuying", path: "/me/password"},
	{name: "desk-clerk", login: "chenxiaomei", path: "/desk"},
	{name: "desk-secretary", login: "wangjianguo", path: "/desk"},
	{name: "desk-supervisor", login: "wuguodong", path: "/desk"},
	{name: "desk-admin", login: "guxiaodong", path: "/desk"},
	{name: "members", login: "chenxiaomei", path: "/desk/members"},
	{name: "members-village", login: "wangjianguo", path: "/desk/members"},
	{name: "member", login: "wangjianguo", path: "/desk/members", follow: []string{`^/desk/members/\d+$`}},
	{name: "member-move", login: "chenxiaomei", path: "/desk/members", follow: []string{`^/desk/members/\d+$`, `/move$`}},
	{name: "member-reveal", login: "chenxiaomei", path: "/desk/members", follow: []string{`^/desk/members/\d+$`, `/reveal$`}},
	{name: "member-new", login: "chenxiaomei", path: "/desk/members/new"},
	{name: "members-import", login: "chenxiaomei", path: "/desk/members/import"},
	{name: "members-preview", login: "chenxiaomei", path: "/desk/members/import", then: func(tab *browser.Tab) {
		tab.Upload("文件", "demo/damaged-roster.xlsx")
		tab.Click("上传并核对")
		tab.WaitFor("可以登记", time.Minute)
	}},
	{name: "members-export", login: "chenxiaomei", path: "/desk/members/export"},
	{name: "members-print", login: "wangjianguo", path: "/desk/members/print"},
	{name: "disclosure", login: "xuhaiyan", path: "/desk/disclosure"},
	{name: "disclosure-new", login: "xuhaiyan", path: "/desk/disclosure/new"},
	{name: "disclosure-one", login: "wuguodong", path: "/desk/disclosure", follow: []string{`^/desk/disclosure/\d+$`}},
	{name: "org", login: "chenxiaomei", path: "/desk/org"},
	{name: "org-unit", login: "chenxiaomei", path: "/desk/org", follow: []string{`^/desk/org/\d+$`}},
	{name: "people", login: "chenxiaomei", path: "/desk/people?q=陈"},
	{name: "person", login: "chenxiaomei", path: "/desk/people?q=陈", follow: []string{`^/desk/people/\d+$`}},
	{name: "household", login: "chenxiaomei", path: "/desk/households", follow: []string{`^/desk/households/\d+$`}},
	{name: "households", login: "chenxiaomei", path: "/desk/households"},
	{name: "acts", login: "chenxiaomei", path: "/desk/acts"},
	{name: "act", login: "chenxiaomei", path: "/desk/acts", follow: []string{`^/desk/acts/\d+$`}},
	{name: "act-correct", login: "chenxiaomei", path: "/desk/acts?kind=member.enter%2F1", follow: []string{`^/desk/acts/\d+$`, `/correct$`}},
	{name: "powers", login: "chenxiaomei", path: "/desk/powers"},
	{name: "settings", login: "chenxiaomei", path: "/desk/settings"},
	{name: "viewlog", login: "zhumingliang", path: "/desk/viewlog"},
	{name: "accounts", login: "guxiaodong", path: "/desk/accounts"},
	{name: "org-print", login: "chenxiaomei", path: "/desk/org", follow: []string{`/print`}},
	{name: "disclosure-draft", login: "xuhaiyan", path: "/desk/disclosure/new", then: func(tab *browser.Tab) {
		tab.Upload("表格", "demo/finance/yunxiao-2017.xlsx")
		tab.Click("只预览")
		tab.WaitFor("村民看到的样子", time.Minute)
	}},
	{name: "public-coop", path: "/?q=第三季度集体", follow: []string{`^/n/\d+$`}},
	{name: "public-posting", path: "/?q=第三季度集体", follow: []string{`^/n/\d+$`, `/posting$`}},
	{name: "public-covered", path: "/?q=慰问名单", follow: []string{`^/n/\d+$`}},
	{name: "public-corrected", path: "/?q=第二季度群众", follow: []string{`^/n/\d+$`}},
	{name: "public-trust", path: "/trust"},
	{name: "public-log", path: "/log"},
	{name: "public-api", path: "/api/"},
	{name: "public-village", path: "/v/28"},
	{name: "public-village-list", path: "/v/8/list/print"},
	{name: "public-village-asked", path: "/v/8/asked"},
	{name: "public-village-catalogue", path: "/v/8/catalogue"},
	{name: "public-village-year", path: "/v/8/posting?year=2026"},
	{name: "wall", path: "/wall/8"},
	{name: "activate", path: "/activate"},
	{name: "due", login: "xuhaiyan", path: "/desk/due"},
	{name: "due-late", login: "chenxiaomei", path: "/desk/disclosure/late"},
	{name: "due-catalogue", login: "chenxiaomei", path: "/desk/disclosure/catalogue"},
	{name: "due-one", login: "lizhiqiang", path: "/desk/due", follow: []string{`^/desk/due/\d+$`}},
	{name: "posting", login: "lizhiqiang", path: "/desk/disclosure/posting"},
	{name: "posting-one", login: "zhumingliang", path: "/desk/disclosure/posting", follow: []string{`^/desk/posting/\d+$`}},
	{name: "oversight", login: "zhumingliang", path: "/desk/oversight"},
	{name: "oversight-street", login: "zhoujianping", path: "/desk/oversight"},
	{name: "mine-questions", login: "lixiuying", path: "/me/questions"},
	{name: "mine-notices", login: "lixiuying", path: "/me/notices"},
	{name: "filed", login: "lizhiqiang", path: "/desk/disclosure/filed"},
	{name: "due-desk", login: "lizhiqiang", path: "/desk"},
	{name: "forbidden", login: "guxiaodong", path: "/desk/members/new"},
}

func main() {
	address := flag.String("url", "http://127.0.0.1:8080", "address of the running server")
	out := flag.String("out", "pictures", "folder for the pictures")
	only := flag.String("only", "", "take only pages whose name contains this")
	whole := flag.Bool("whole", false, "take pages from top to bottom")
	flag.Parse()
	if err := run(strings.TrimRight(*address, "/"), *out, *only, *whole); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(base, out, only string, whole bool) error {
	path := browser.Find()
	if path == "" {
		return fmt.Errorf("no Chromium in PATH: run scripts/needs")
	}
	facts, err := demo.LoadFacts()
	if err != nil {
		return err
	}
	passwords := map[string]string{}
	for _, l := range facts.Logins {
		passwords[l.Login] = l.Password
	}
	dir, err := os.MkdirTemp("", "cunju-screenshots-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.MkdirAll(out, 0o750); err != nil {
		return err
	}
	b, err := browser.Start(path, dir)
	if err != nil {
		return err
	}
	defer b.Close()
	byLogin := map[string][]shot{}
	var logins []string
	for _, s := range shots {
		if !strings.Contains(s.name, only) {
			continue
		}
		if byLogin[s.login] == nil {
			logins = append(logins, s.login)
		}
		byLogin[s.login] = append(byLogin[s.login], s)
	}
	sort.Strings(logins)
	failed := 0
	for _, login := range logins {
		failed += attempt(login, func(j *judge) {
			tab := b.Open(j, base, browser.DeskSize)
			if login != "" {
				tab.Go("/login")
				tab.Fill("账号或手机号", login)
				tab.Fill("密码", passwords[login])
				tab.Click("登录")
			}
			for _, s := range byLogin[login] {
				j.bad += attempt(s.name, func(j *judge) { take(j, tab, s, out, whole) })
			}
		})
	}
	if failed > 0 {
		return fmt.Errorf("%d pages could not be taken", failed)
	}
	return nil
}

// sizes are the two windows, by the ending of the file's name.
var sizes = []struct {
	name string
	size browser.Options
}{{"", browser.DeskSize}, {"-phone", browser.Options{Width: 390, Height: 844, Phone: true}}}

// take opens a page and takes its pictures.
func take(j *judge, tab *browser.Tab, s shot, out string, whole bool) {
	tab.Resize(browser.DeskSize)
	tab.Go(s.path)
	for _, f := range s.follow {
		next := first(tab.Links(), regexp.MustCompile(f))
		if next == "" {
			j.Fatalf("%s has no link to %s", tab.Path(), f)
		}
		tab.Go(next)
	}
	if s.then != nil {
		s.then(tab)
	}
	for _, z := range sizes {
		tab.Resize(z.size)
		shoot := tab.Picture
		if whole {
			shoot = tab.WholePicture
		}
		small, err := smaller(shoot())
		if err == nil {
			err = os.WriteFile(filepath.Join(out, s.name+z.name+".png"), small, 0o600)
		}
		if err != nil {
			j.Fatalf("%v", err)
		}
		note := ""
		if wide := tab.TooWide(); wide != "" {
			note = " TOO WIDE " + wide
		}
		fmt.Fprintf(os.Stdout, "%-24s %4d KB  %d %s%s\n", s.name+z.name, len(small)>>10, tab.Status(), tab.Path(), note)
	}
}

func first(links []string, fits *regexp.Regexp) string {
	for _, l := range links {
		if fits.MatchString(l) {
			return l
		}
	}
	return ""
}

// smaller writes a picture with a palette of its own most frequent colours, if that is smaller than it was.
func smaller(b []byte) ([]byte, error) {
	full, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	box := full.Bounds()
	count := map[color.RGBA]int{}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			count[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	var often []color.RGBA
	for c := range count {
		often = append(often, c)
	}
	sort.Slice(often, func(i, j int) bool {
		a, b := often[i], often[j]
		if count[a] != count[b] {
			return count[a] > count[b]
		}
		return uint32(a.R)<<16|uint32(a.G)<<8|uint32(a.B) < uint32(b.R)<<16|uint32(b.G)<<8|uint32(b.B)
	})
	var palette color.Palette
	for _, c := range often[:min(len(often), 256)] {
		palette = append(palette, c)
	}
	nearest := map[color.RGBA]uint8{} // a page has few colours, and looking for the nearest is slow
	for _, c := range often {
		nearest[c] = uint8(palette.Index(c))
	}
	flat := image.NewPaletted(box, palette)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			flat.SetColorIndex(x, y, nearest[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)])
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, flat); err != nil {
		return nil, err
	}
	if out.Len() < len(b) {
		return out.Bytes(), nil
	}
	return b, nil
}
