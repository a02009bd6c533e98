package mirror

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/trust"
)

// Options say how a mirror is to be checked.
type Options struct {
	Town     string        // whose log is to be read; "" finds it in the mirror
	Policy   *trust.Policy // nil takes the mirror's own policy.txt: then the keys in it must be compared by eye
	Public   Public
	Deleted  Deleted                // nil: no public act names what was deleted
	Owed     func(kind string) bool // contents of such acts are deleted only when a public act names them; nil: no kind is so
	Progress func(done, total int64)
}

// Report is what verification saw.
type Report struct {
	trust.Opened
	Town     string
	Policy   *trust.Policy
	Own      bool     // the policy was the mirror's own
	Tiles    int      // tiles and bundles held against the tree
	Acts     int      // public acts held against their commitments
	Erased   int      // public acts whose contents were deleted by law
	Files    int      // attachments held against their hashes
	Listed   int      // files in the manifest; 0 without one
	Manifest bool     // there is a manifest
	Remarks  []string // what could not be checked, in plain Chinese
	Faults   []string // what does not agree, in plain Chinese, the first first
	Short    string   // that fewer witnesses signed than the policy asks for, in plain Chinese; nothing need be amiss with the log
}

// OK reports that nothing was found and enough witnesses signed.
func (r *Report) OK() bool { return len(r.Faults) == 0 && r.Short == "" }

// Amiss is all that does not agree, and that witnesses are missing.
func (r *Report) Amiss() []string {
	if r.Short == "" {
		return r.Faults
	}
	return append(slices.Clip(r.Faults), r.Short)
}

// maxFaults is how many faults are told.
const maxFaults = 20

// verifier is a verification under way.
type verifier struct {
	*Report
	ctx    context.Context
	src    Source
	opt    Options
	prefix string            // of the log, "" when the source is the log itself
	names  []string          // all files, where they can be listed
	can    bool              // they can
	used   map[string]bool   // files that were held against something
	files  map[string]bool   // hashes of attachments that acts name
	eraser map[int64]bool    // acts of erasure
	named  map[int64][]int64 // by act, the public acts that say that its contents were deleted
	gone   []tombstone       // public acts without contents
}

func (v *verifier) fault(format string, args ...any) {
	if len(v.Faults) < maxFaults {
		v.Faults = append(v.Faults, fmt.Sprintf(format, args...))
	}
}

func (v *verifier) remark(format string, args ...any) {
	v.Remarks = append(v.Remarks, fmt.Sprintf(format, args...))
}

// Verify reads a whole mirror and computes everything in it again. The error is about reading, never about what was read.
func Verify(ctx context.Context, src Source, opt Options) (*Report, error) {
	v := &verifier{Report: &Report{}, ctx: ctx, src: src, opt: opt, used: map[string]bool{}, files: map[string]bool{}, eraser: map[int64]bool{}, named: map[int64][]int64{}}
	if p, ok := src.(packed); ok {
		if err := v.shell(p); err != nil {
			return v.Report, err
		}
	}
	var err error
	if v.names, v.can, err = src.Names(ctx); err != nil {
		v.fault("文件列不全：%v", err)
		return v.Report, nil
	}
	manifest, err := v.manifest()
	if err != nil {
		return v.Report, err
	}
	for _, step := range []func() error{v.find, v.trust, v.checkpoint, v.log, v.attachments} {
		if err := step(); err != nil {
			return v.Report, err
		}
		if len(v.Faults) > 0 && v.Size == 0 {
			return v.Report, nil // what follows has nothing to stand on
		}
	}
	v.signature(manifest)
	v.strangers(manifest)
	return v.Report, nil
}

// read returns a file of the log and notes that it was looked at. A missing file is a fault.
func (v *verifier) read(path string) ([]byte, bool, error) {
	b, err := v.src.Read(v.ctx, v.prefix+path)
	v.used[v.prefix+path] = true
	switch {
	case err == nil:
		return b, true, nil
	case errors.Is(err, fs.ErrNotExist):
		v.fault("缺少文件 %s", v.prefix+path)
		return nil, false, nil
	case v.can: // a folder or a zip: what cannot be read is damaged
		v.fault("文件 %s 读不出来，已经损坏：%v", v.prefix+path, err)
		return nil, false, nil
	}
	return nil, false, err
}

// shell checks the outer form of a zip file.
func (v *verifier) shell(p packed) error {
	f, err := os.Open(p.file)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := checkShell(f, info.Size()); err != nil {
		v.fault("压缩包不是原样：有字节被改动过，或者被重新打包过")
	}
	return nil
}

// manifest holds every file against the manifest, where there is one.
func (v *verifier) manifest() (map[string]listed, error) {
	text, err := v.src.Read(v.ctx, ManifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		if slices.Contains(v.names, noteFile) {
			v.fault("缺少文件清单 %s", ManifestFile)
		}
		return nil, nil
	}
	v.used[ManifestFile] = true
	if err != nil {
		v.fault("文件清单 %s 读不出来：%v", ManifestFile, err)
		return nil, nil
	}
	v.Manifest = true
	files, err := parseManifest(string(text))
	if err != nil {
		v.fault("文件清单 %s 已经损坏", ManifestFile)
		return nil, nil
	}
	v.Listed = len(files)
	for _, name := range sortedKeys(files) {
		if err := v.ctx.Err(); err != nil {
			return nil, err
		}
		b, err := v.src.Read(v.ctx, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			v.fault("清单上的文件 %s 不在了", name)
		case err != nil:
			v.fault("文件 %s 读不出来，已经损坏", name)
		case manifestLine(name, b) != fmt.Sprintf("%x %d %s\n", files[name].hash, files[name].size, name):
			v.fault("文件 %s 和清单上的指纹不一样", name)
		}
		v.used[name] = true
	}
	return files, nil
}

// signature checks the log's signature over the manifest.
func (v *verifier) signature(files map[string]listed) {
	if files == nil {
		return
	}
	text, err := v.src.Read(v.ctx, ManifestFile)
	signed, err2 := v.src.Read(v.ctx, noteFile)
	v.used[noteFile] = true
	if err != nil || err2 != nil {
		v.fault("文件清单没有签名（%s 缺失或损坏）", noteFile)
		return
	}
	n, err := note.Open(signed, note.VerifierList(v.Policy.Verifier()))
	if err != nil || n.Text != manifestText(v.Policy.Origin(), string(text)) {
		v.fault("文件清单的签名不成立：清单被改动过，或不是这个总账签的")
		return
	}
	if string(signed) != canonical(n) {
		v.fault("%s 的写法被改动过", noteFile)
	}
}

// canonical writes a note with its verified signatures as they are written once and for all: base64 has more than one spelling.
func canonical(n *note.Note) string {
	b := n.Text + "\n"
	for _, s := range append(slices.Clone(n.Sigs), n.UnverifiedSigs...) {
		b += "— " + s.Name + " " + respell(s.Base64) + "\n"
	}
	return b
}

// find finds the log in the mirror, among its files or in its manifest.
func (v *verifier) find() error {
	if v.opt.Town != "" {
		v.prefix, v.Town = LogPath(v.opt.Town)+"/", v.opt.Town
		return nil
	}
	names := v.names
	if !v.can {
		names = sortedKeys(v.used)
	}
	for _, name := range names {
		town, ok := townOf(name)
		if ok && v.prefix != "" {
			v.remark("里面不止一本总账，只核对了 %s", v.prefix)
			break
		}
		if ok {
			v.prefix, v.Town = LogPath(town)+"/", town
		}
	}
	return v.nothing()
}

// trust takes the policy to check by.
func (v *verifier) trust() error {
	v.Policy = v.opt.Policy
	own, err := v.src.Read(v.ctx, PolicyFile)
	v.used[PolicyFile] = true
	if v.Policy != nil {
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return v.rules()
	}
	if err != nil && !v.can {
		return err
	}
	if err != nil {
		v.fault("%s 读不出来，已经损坏：%v", PolicyFile, err)
		return nil
	}
	if v.Policy, err = trust.Parse(string(own)); err != nil {
		v.fault("%s 有误：%v", PolicyFile, err)
		return nil
	}
	v.Own = true
	return nil
}

// checkpoint checks signatures and quorum.
func (v *verifier) checkpoint() error {
	if v.Policy == nil {
		return nil
	}
	signed, ok, err := v.read(checkpoint)
	if err != nil {
		return err
	}
	if !ok {
		return v.unpublished()
	}
	if v.Opened, err = v.Policy.Open(string(signed)); err != nil {
		v.Size = 0
		v.fault("检查点：%v", err)
		return nil
	}
	n, err := note.Open(signed, note.VerifierList(v.Policy.Verifier()))
	if err != nil || string(signed) != canonical(n) {
		v.fault("检查点的写法被改动过")
	}
	if !v.Met {
		v.Short = fmt.Sprintf("见证不足：规则是%s；检查点上只有 %d 方有效的见证签名", v.Policy.Rule(), len(v.Cosigned))
	}
	for _, name := range v.Others {
		if v.known(name) {
			continue
		}
		if !v.Policy.Asks() {
			v.remark("检查点上还有“%s”的签名；没有它的公钥，没有核对", name)
			continue
		}
		v.fault("检查点上有“%s”的签名，规则里没有这一方", name)
	}
	return nil
}

// known reports whether the mirror's own policy names a cosigner that the reader's does not.
func (v *verifier) known(name string) bool {
	if v.Own {
		return false
	}
	text, err := v.src.Read(v.ctx, PolicyFile)
	if err != nil {
		return !v.can // a server shows all signatures that it has
	}
	own, err := trust.Parse(string(text))
	return err == nil && slices.ContainsFunc(own.Witnesses, func(w trust.Witness) bool { return w.KeyName() == name })
}

// strangers names files that belong to nothing.
func (v *verifier) strangers(files map[string]listed) {
	if !v.can {
		return
	}
	for _, name := range v.names {
		if _, ok := files[name]; ok || v.used[name] {
			continue
		}
		if files != nil || strings.HasPrefix(name, v.prefix) {
			v.fault("多出来的文件 %s：清单和总账里都没有它", name)
		} else {
			v.remark("文件 %s 不属于总账，没有核对", name)
		}
	}
}
