// Package pipl holds the rules of the 个人信息保护法 that guard publication.
package pipl

import "cunju/internal/law"

var current = law.Source{Key: "PIPL", Title: "中华人民共和国个人信息保护法", Short: "《个人信息保护法》", Issued: "2021年8月20日通过，主席令第九十一号", From: "2021-11-01"}

// Rules lists the rules of this source.
func Rules() []law.Entry { return []law.Entry{NoNumbers.Entry()} }
