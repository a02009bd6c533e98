package mirror

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Absent says that there was nothing to check: a place cannot be reached, no log is there, or nobody said whose keys to trust. It
// is no finding about a log, and must never be told as one.
type Absent struct {
	What string // in plain Chinese, with what to do
	Err  error  // beneath; may be nil
}

// Error is what happened, in plain Chinese.
func (a *Absent) Error() string { return a.What }

// Unwrap is the error beneath.
func (a *Absent) Unwrap() error { return a.Err }

// unreached is an address that gave no answer.
func unreached(address string, err error) error {
	host := address
	if u, err := url.Parse(address); err == nil {
		host = u.Host
	}
	return &Absent{fmt.Sprintf("连不上 %s：没有回答，或者中途断开。请看看网络和网址对不对，过一会儿再试", host), err}
}

// refused is an address that answered, but not with the file.
func refused(address string, r *http.Response) error {
	return &Absent{fmt.Sprintf("%s 现在给不出来（%s），请过一会儿再试", address, r.Status), errors.New(r.Status)}
}

// nothing says of a folder or archive without any file of a log that there is nothing to check. In a packet, whose manifest lists
// what must be there, that is a fault instead.
func (v *verifier) nothing() error {
	if !v.can || v.Manifest || len(v.Faults) > 0 {
		return nil
	}
	for _, name := range v.names {
		if name == checkpoint || strings.HasPrefix(name, "tile/") || strings.HasPrefix(name, logFolder+"/") {
			return nil
		}
	}
	return &Absent{What: "这里面没有公开总账（没有 log/区划代码/checkpoint），请看看是不是给错了目录或文件"}
}

// unpublished says of an address without a checkpoint that nothing is published there.
func (v *verifier) unpublished() error {
	if v.can || v.Manifest {
		return nil
	}
	return &Absent{What: fmt.Sprintf("这个网址上没有 %s：总账还没有公布过，或者网址不对", v.prefix+checkpoint)}
}

// rules says that nobody said whom to trust.
func (v *verifier) rules() error {
	if v.Manifest {
		return nil // the manifest says whether it was there
	}
	return &Absent{What: "没有信任规则（" + PolicyFile + "），核对不了签名。请用 --policy 给出规则文件，或用 --key 给出总账的公钥"}
}
