package main

import "fmt"

// reports are what the two villages tell every quarter of 2026 about helping
// the government, and about what villagers ask for. 渡江村 has not told of the
// second quarter.
func (w *world) reports() []text {
	var out []text
	for i, q := range []struct{ name, from, on string }{{"第一季度", "2026-01-01", "2026-04-10"}, {"第二季度", "2026-04-01", "2026-07-13"}, {"第三季度", "2026-07-01", "2026-10-14"}} {
		for k, place := range []string{"文峰村", "渡江村"} {
			if place == "渡江村" && q.name == "第二季度" {
				continue
			}
			r := stream("report " + place + q.name)
			out = append(out,
				text{place, "村务公开", fmt.Sprintf("%s2026年%s协助政府开展工作情况", place, q.name), q.on, 0, []string{
					fmt.Sprintf("城乡居民基本医疗保险参保登记%d人，养老待遇资格认证%d人。", 180+r.IntN(90), 210+r.IntN(70)),
					fmt.Sprintf("协助处理矛盾纠纷%d件，参加防汛、防火巡查%d次。", 3+r.IntN(6), 9+r.IntN(8))}, q.from},
				text{place, "村务公开", fmt.Sprintf("%s2026年%s群众关心事项办理情况", place, q.name), q.on, 0, []string{
					fmt.Sprintf("更换路灯%d盏，修补村道%d处，清运绿化垃圾%d车。", 4+r.IntN(9), 2+r.IntN(6), 10+r.IntN(20)),
					[]string{"水费代收点改在便民服务站。", "农贸市场早市时间改为五时三十分至八时。", "村卫生室每周三增加专家坐诊。"}[(i+k)%3]}, q.from})
		}
	}
	return out
}
