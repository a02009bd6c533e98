package mirror

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
)

// TownsFile is where a server lists the towns whose logs it serves, one code a line.
const TownsFile = logFolder + "/towns.txt"

// site finds the log that an address means: its own, that of the board it belongs to, or the one in a packet laid out as a site.
func site(ctx context.Context, address string) (Place, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return Place{}, &Absent{fmt.Sprintf("网址 %s 写得不对，应当像 https://gk.example.gov.cn", address), err}
	}
	u.RawQuery, u.Fragment = "", ""
	address = strings.TrimSuffix(strings.TrimRight(u.String(), "/"), "/"+logFolder)
	if base, town, ok := strings.Cut(address, "/"+logFolder+"/"); ok && town != "" && !strings.Contains(town, "/") {
		return Place{Source: Web(base), Town: town}, nil
	}
	root := (&url.URL{Scheme: u.Scheme, User: u.User, Host: u.Host}).String()
	for _, base := range []string{address, root} { // any page of a board leads to its root
		p, found, err := siteAt(ctx, base)
		if err != nil || found {
			return p, err
		}
	}
	return Place{}, &Absent{What: fmt.Sprintf("%s 上没有找到公开总账。请给公开栏的网址，或者总账的网址（以 /log/ 加区划代码结尾）", address)}
}

// siteAt looks for a log below one address.
func siteAt(ctx context.Context, base string) (p Place, found bool, err error) {
	src := Web(base)
	read := func(name string) (string, error) {
		b, err := src.Read(ctx, name)
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil
		}
		return string(b), err
	}
	text, err := read(TownsFile)
	if err != nil {
		return p, false, err
	}
	towns := townsIn(text)
	if len(towns) == 0 {
		if text, err = read(ManifestFile); err != nil {
			return p, false, err
		}
		if files, err := parseManifest(text); err == nil {
			for _, name := range sortedKeys(files) {
				if town, ok := townOf(name); ok {
					towns = append(towns, town)
				}
			}
		}
	}
	switch len(towns) {
	case 1:
		return Place{Source: src, Town: towns[0]}, true, nil
	case 0:
		if text, err = read(checkpoint); err != nil {
			return p, false, err
		}
		return Place{Source: src}, strings.Contains(text, "\n— "), nil // the log itself, under a name of its own
	}
	return p, false, &Absent{What: fmt.Sprintf("%s 上有 %d 本总账，请写明核对哪一本：%s", base, len(towns), base+"/"+strings.Join(paths(towns), "、"+base+"/"))}
}

// townsIn reads a list of towns; anything else, such as a page that says that there is none, is no list.
func townsIn(text string) (towns []string) {
	for town := range strings.FieldsSeq(text) {
		if len(town) > 12 || strings.Trim(town, "0123456789") != "" {
			return nil
		}
		towns = append(towns, town)
	}
	return towns
}

// townOf is the town whose checkpoint a file is.
func townOf(name string) (string, bool) {
	town, in := strings.CutPrefix(name, logFolder+"/")
	town, is := strings.CutSuffix(town, "/"+checkpoint)
	return town, in && is && !strings.Contains(town, "/")
}

func paths(towns []string) (list []string) {
	for _, t := range towns {
		list = append(list, LogPath(t))
	}
	return list
}
