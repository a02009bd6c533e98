package db

import (
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// checkArgs answers args as the plain values drivers take; the error of a
// value that must not be sent names its placeholder.
func checkArgs(args []any) ([]any, error) {
	out := args
	for i, arg := range args {
		plain, err := checkArg(arg)
		if err != nil {
			return nil, &dataError{fmt.Sprintf("argument $%d %s", i+1, err.(*dataError).reason)}
		}
		if !same(plain, arg) {
			if &out[0] == &args[0] { // the caller's slice stays as it is
				out = append([]any(nil), args...)
			}
			out[i] = plain
		}
	}
	return out, nil
}

// same reports whether checkArg left arg as it was, without comparing contents.
func same(plain, arg any) bool {
	switch v := arg.(type) {
	case string, int64:
		return true
	case []byte:
		return v != nil
	case nil:
		return true
	}
	return false
}

// checkArg answers v as string, int64, non-nil []byte or nil, or a *dataError.
// Nil bytes are NULL on both engines, empty bytes are empty.
func checkArg(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		return v, checkText(v)
	case int64:
		return v, nil
	case int:
		return int64(v), nil
	case []byte:
		if v == nil {
			return nil, nil
		}
		return v, nil
	case driver.Valuer:
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
			return nil, nil
		}
		plain, err := v.Value()
		if err != nil {
			return nil, &dataError{fmt.Sprintf("of type %T has no value: %v", v, err)}
		}
		if _, again := plain.(driver.Valuer); again {
			return nil, &dataError{fmt.Sprintf("of type %T has a value that is not plain", v)}
		}
		return checkArg(plain)
	}
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.String:
		s := rv.String()
		return s, checkText(s)
	case reflect.Int64, reflect.Int:
		return rv.Int(), nil
	case reflect.Slice:
		if rv.Type().Elem().Kind() == reflect.Uint8 {
			return checkArg(rv.Bytes())
		}
	case reflect.Pointer:
		if rv.IsNil() {
			return nil, nil
		}
		if rv.Elem().Kind() != reflect.Pointer {
			return checkArg(rv.Elem().Interface())
		}
	}
	return nil, &dataError{fmt.Sprintf("has type %T; allowed are string, int64, int, []byte and nil", v)}
}

// checkText refuses what SQLite would store and PostgreSQL would not.
func checkText(s string) error {
	if !utf8.ValidString(s) {
		return &dataError{"is not valid UTF-8"}
	}
	if strings.IndexByte(s, 0) >= 0 {
		return &dataError{"holds a NUL character"}
	}
	return nil
}
