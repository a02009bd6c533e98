// Package gb holds the rules on the form of numbers: national standards for
// identity numbers, unified social credit codes and division codes. They refuse
// an entry that cannot be the number it claims to be; the arithmetic itself
// stands in package codes, for use on single cells.
//
// What may never change: the ids of the rules, and that a number which the
// standard allows is never refused. The package owns no tables.
package gb

import "cunju/internal/law"

var (
	identity = law.Source{Key: "GB11643", Title: "公民身份号码", Short: "国家标准GB 11643《公民身份号码》", Issued: "GB 11643—1999", From: "1999-07-01"}
	credit   = law.Source{Key: "GB32100", Title: "法人和其他组织统一社会信用代码编码规则", Short: "国家标准GB 32100《法人和其他组织统一社会信用代码编码规则》",
		Issued: "GB 32100—2015", From: "2015-10-01"}
	division = law.Source{Key: "GB2260", Title: "中华人民共和国行政区划代码、统计用区划代码", Short: "国家标准GB/T 2260和统计用区划代码", Issued: "GB/T 2260"}
)

// Rules lists the rules of these sources.
func Rules() []law.Entry { return []law.Entry{ID.Entry(), Credit.Entry(), Division.Entry()} }
