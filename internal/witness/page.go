package witness

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"cunju/internal/calendar"
)

// Handler serves the witness: the two paths of the format, and pages for people.
func (w *Witness) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", w.add)
	mux.HandleFunc("GET /{log}/checkpoint", w.monitor)
	mux.HandleFunc("GET /kept/evidence/{file}", w.evidence)
	mux.HandleFunc("GET /{$}", w.page)
	return mux
}

// monitor shows the newest checkpoint that was cosigned (C2SP tlog-witness).
func (w *Witness) monitor(rw http.ResponseWriter, r *http.Request) {
	w.text(rw, r, filepath.Join(w.dir, seenFolder, r.PathValue("log"), checkpoint), hashForm.MatchString(r.PathValue("log")))
}

var (
	hashForm     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	evidenceForm = regexp.MustCompile(`^(forked|broken|shrunk)-[0-9a-f]{64}\.txt$`)
)

func (w *Witness) evidence(rw http.ResponseWriter, r *http.Request) {
	w.text(rw, r, filepath.Join(w.dir, evidence, r.PathValue("file")), evidenceForm.MatchString(r.PathValue("file")))
}

func (w *Witness) text(rw http.ResponseWriter, r *http.Request, path string, ok bool) {
	if !ok {
		http.NotFound(rw, r)
		return
	}
	b, err := os.ReadFile(path)
	if err != nil {
		rw.Header().Set("Cache-Control", "no-store")
		http.NotFound(rw, r)
		return
	}
	h := rw.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=5")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Access-Control-Allow-Origin", "*")
	rw.Write(b)
}

// refusal is a piece of evidence as the page tells it.
type refusal struct {
	File, When, Text string
	at               int64
}

// view is what the page says of a log.
type view struct {
	Origin, Title, VKey string
	Size                int64
	Seen, Since, Path   string
	Forks, Others       []refusal // two histories for sure; what may be anybody's
}

type pageProps struct {
	Name, VKey string
	Style      template.CSS
	Logs       []view
}

// page says in plain words what this witness saw.
func (w *Witness) page(rw http.ResponseWriter, _ *http.Request) {
	w.find("") // reads the list again
	w.mu.Lock()
	logs := make([]*watched, 0, len(w.logs))
	for _, l := range w.logs {
		logs = append(logs, l)
	}
	w.mu.Unlock()
	slices.SortFunc(logs, func(a, b *watched) int { return strings.Compare(a.origin, b.origin) })
	props := pageProps{Name: w.Name(), VKey: w.vkey, Style: style}
	for _, l := range logs {
		l.mu.Lock()
		v := view{Origin: l.origin, Title: l.title, VKey: l.vkey, Size: l.seen.Size, Path: hashOf(l.origin)}
		if l.at > 0 {
			v.Seen, v.Since = when(l.at), when(l.since)
		}
		l.mu.Unlock()
		for _, r := range w.refusals(l.origin) {
			if strings.HasPrefix(r.File, forked) {
				v.Forks = append(v.Forks, r)
			} else {
				v.Others = append(v.Others, r)
			}
		}
		props.Logs = append(props.Logs, v)
	}
	var b bytes.Buffer
	if err := layout.Execute(&b, props); err != nil {
		w.log.Error("page", "err", err)
		http.Error(rw, "temporarily unavailable", http.StatusInternalServerError)
		return
	}
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src '"+styleHash+"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	rw.Write(b.Bytes())
}

func when(unix int64) string { return calendar.InstantChinese(unix * 1000) }

// refusals reads the evidence about a log, newest first.
func (w *Witness) refusals(origin string) (list []refusal) {
	entries, err := os.ReadDir(filepath.Join(w.dir, evidence))
	if err != nil {
		return nil // there is none
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(w.dir, evidence, e.Name()))
		if err != nil || !evidenceForm.MatchString(e.Name()) {
			continue
		}
		var why, of string
		var at, seen, shown int64
		if _, err := fmt.Sscanf(string(b), "why %s\ntime %d\norigin %s\nseen %d\nshown %d\n", &why, &at, &of, &seen, &shown); err != nil || of != origin {
			continue
		}
		text := map[string]string{
			forked: fmt.Sprintf("同样是 %d 条，拿来的却是另一本账。这是有两本账的证据。", shown),
			broken: fmt.Sprintf("拿来 %d 条的账，却证明不了它的前 %d 条就是见证过的那些。", shown, seen),
			shrunk: fmt.Sprintf("拿来的账只有 %d 条，比见证过的 %d 条短。可能是重发了旧的，也可能是总账退回到了旧备份。", shown, seen),
		}[why]
		list = append(list, refusal{e.Name(), when(at), text, at})
	}
	slices.SortFunc(list, func(a, b refusal) int { return int(b.at - a.at) })
	return list
}

const style = `body{font:18px/1.7 "Microsoft YaHei UI","PingFang SC","Noto Sans CJK SC",sans-serif;color:#1d1d1f;max-width:44rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;border-bottom:3px solid #a6192e;padding-bottom:.3rem}h2{font-size:1.25rem;margin-top:2rem}
dl{display:grid;grid-template-columns:7em 1fr;gap:.3rem 1rem}dt{color:#5a5a5f}dd{margin:0;overflow-wrap:anywhere}
.good{border-left:5px solid #1e7b34;padding:.3rem .8rem}.bad{border-left:5px solid #b45309;padding:.3rem .8rem}
code{overflow-wrap:anywhere;font-size:.9rem}a{color:#a6192e}`

var styleHash = func() string {
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}()

var layout = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>见证方 {{.Name}}</title><style>{{.Style}}</style></head>
<body><h1>见证方</h1>
<p>这里替大家盯着别人的总账：总账每长一截、盖一次封账章，先核对旧的部分一条没改，才签名作证。谁想拿出另一本账，这里就不签。</p>
<dl><dt>名称</dt><dd>{{.Name}}</dd><dt>印鉴码</dt><dd><code>{{.VKey}}</code></dd></dl>
{{range .Logs}}<h2>{{if .Title}}{{.Title}}{{else}}{{.Origin}}{{end}}</h2>
<dl><dt>总账名称</dt><dd>{{.Origin}}</dd>
{{if .Seen}}<dt>见证到</dt><dd>前 {{.Size}} 条</dd><dt>最近一次</dt><dd>{{.Seen}}</dd><dt>开始见证</dt><dd>{{.Since}}</dd>
<dt>原文</dt><dd><a href="/{{.Path}}/checkpoint">见证过的最新封账章（检查点）</a></dd>{{else}}<dt>见证到</dt><dd>还没有收到过封账章</dd>{{end}}
<dt>总账印鉴码</dt><dd><code>{{.VKey}}</code></dd></dl>
{{if .Forks}}<div class="bad"><p><b>注意：发现过 {{len .Forks}} 次两本账，没有签名，证据留着：</b></p><ul>{{range .Forks}}<li>{{.When}}：{{.Text}}<a href="/kept/evidence/{{.File}}">看证据原文</a></li>{{end}}</ul></div>
{{else if .Seen}}<p class="good">签过名的每一次都对得上，没有发现过两本账。</p>{{end}}
{{if .Others}}<details><summary>另有 {{len .Others}} 次拿来的封账章没能证明接得上，没有签名</summary><p>封账章是公开的，谁都可以拿旧的来试，不一定是街道的错。原文都留着：</p><ul>{{range .Others}}<li>{{.When}}：{{.Text}}<a href="/kept/evidence/{{.File}}">看原文</a></li>{{end}}</ul></details>{{end}}
{{else}}<p>还没有约定替哪一本总账见证。</p>{{end}}
</body></html>
`))
