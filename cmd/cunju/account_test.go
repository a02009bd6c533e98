package main

import (
	"testing"

	"cunju/internal/web/account"
)

func TestAccountsAtTheConsole(t *testing.T) {
	data := peopled(t)
	has(t, done(t, "account", "list", "--data", data), "wangfang", "王芳", "在用", "从未")
	has(t, done(t, "account", "add", "jiayi", "--person", "6", "--data", data), "甲一", "初始密码")
	fails(t, []string{"account", "add", "jiayi", "--person", "6", "--data", data}, "没有建立账号")
	fails(t, []string{"account", "add", "other", "--person", "999", "--data", data}, "没有第 999 号人员")
	fails(t, []string{"account", "add", "13800138000", "--person", "8", "--data", data}, "")
	done(t, "account", "lock", "jiayi", "--data", data)
	has(t, done(t, "account", "list", "--data", data), "停用")
	done(t, "account", "unlock", "jiayi", "--data", data)
	has(t, done(t, "account", "reset", "jiayi", "--data", data), "新密码")
	fails(t, []string{"account", "reset", "nobody", "--data", data}, "没有登录名")

	h := openTown(t, data, options{})
	defer h.close()
	a, err := h.accounts.ByLogin(t.Context(), "jiayi")
	if err != nil || a.State != account.Active || !a.MustChange || a.Person != 6 {
		t.Errorf("%+v, %v", a, err)
	}
}
