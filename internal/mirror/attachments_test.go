package mirror

import (
	"fmt"
	"strings"
	"testing"
)

func TestAttachments(t *testing.T) {
	hash := func(c string) string { return strings.Repeat(c, 64) }
	file := func(c string) string {
		return fmt.Sprintf(`{"name":"a}\".pdf","size":1,"type":"application/pdf","sha256":"%s"}`, hash(c))
	}
	payload := `{"by":{},"body":{"content":{"files":[` + file("b") + `,` + file("a") + `,` + file("a") + `],"vouchers":[{"line":1,"file":` + file("c") +
		`},{"line":2,"file":` + file("d") + `,"open":true},{"line":3,"file":` + file("e") + `,"open":false}]}}}`
	if got := strings.Join(Attachments(payload), " "); got != hash("a")+" "+hash("b")+" "+hash("d") {
		t.Errorf("found %s", got)
	}
	if got := Attachments(`{"body":`); got != nil {
		t.Errorf("found %v in what is no payload", got)
	}
}
