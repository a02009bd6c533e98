package web

import "strings"

// devices and browsers are looked for in this order: many browsers also name the
// ones they descend from.
var (
	devices = []struct{ mark, name string }{
		{"MicroMessenger", "微信"}, {"DingTalk", "钉钉"},
		{"HarmonyOS", "鸿蒙手机"}, {"OpenHarmony", "鸿蒙手机"},
		{"iPhone", "苹果手机"}, {"iPad", "苹果平板"}, {"Android", "安卓手机"},
		{"Windows", "Windows 电脑"}, {"Macintosh", "苹果电脑"}, {"Linux", "Linux 电脑"},
	}
	browsers = []struct{ mark, name string }{
		{"Edg", "Edge 浏览器"}, {"QQBrowser", "QQ 浏览器"}, {"UCBrowser", "UC 浏览器"},
		{"HuaweiBrowser", "华为浏览器"}, {"MiuiBrowser", "小米浏览器"}, {"360", "360 浏览器"},
		{"Firefox", "火狐浏览器"}, {"Chrome", "Chrome 浏览器"}, {"Safari", "Safari 浏览器"},
	}
)

// Device describes a browser in words its owner recognises in the list of
// sessions. It keeps nothing else of the User-Agent header.
func Device(userAgent string) string {
	var parts []string
	for _, d := range devices {
		if strings.Contains(userAgent, d.mark) {
			parts = append(parts, d.name)
			break
		}
	}
	for _, b := range browsers {
		if strings.Contains(userAgent, b.mark) {
			parts = append(parts, b.name)
			break
		}
	}
	if len(parts) == 0 {
		return "未知设备"
	}
	return strings.Join(parts, "，")
}
