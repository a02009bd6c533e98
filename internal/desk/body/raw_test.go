package body

import (
	"reflect"
	"testing"
)

func TestRawLeavesOutWhatIsSealed(t *testing.T) {
	type enrol struct {
		Key  int64             `json:"key" as:"inner"`
		Name string            `json:"name"`
		ID   map[string]string `json:"id" as:"sealed"`
		Sex  string            `json:"sex"`
	}
	got := Raw(reflect.TypeFor[enrol](), []byte(`{"key":7,"name":"甲","id":{"t":"abc","b":"def"},"sex":"女"}`))
	if want := "{\n  \"name\": \"甲\",\n  \"sex\": \"女\"\n}"; got != want {
		t.Errorf("%s", got)
	}
}
