package search

// surnames are family names whose reading differs from the character's usual one in the dictionary; others (任, 尉, 冼)
// need no entry.
var surnames = map[rune]string{
	'曾': "zeng", '单': "shan", '仇': "qiu", '区': "ou", '查': "zha", '盖': "ge", '朴': "piao", '解': "xie",
	'洗': "xian", '翟': "zhai", '缪': "miao", '乐': "yue", '覃': "qin", '员': "yun", '折': "she", '秘': "bi",
	'黑': "he", '种': "chong", '郗': "chi", '召': "shao", '乜': "nie", '牟': "mu", '祭': "zhai", '阚': "kan",
	'隗': "wei", '都': "du", '句': "gou", '薄': "bo", '卜': "bu", '颉': "xie", '佴': "nai", '能': "nai",
	'繁': "po", '重': "chong", '适': "kuo", '藏': "zang", '卻': "xi", '郇': "xun", '会': "gui", '还': "huan",
}

// compound are family names of two characters with their syllables.
var compound = map[string]string{
	"欧阳": "ou yang", "上官": "shang guan", "司马": "si ma", "诸葛": "zhu ge", "皇甫": "huang fu", "尉迟": "yu chi",
	"长孙": "zhang sun", "单于": "chan yu", "澹台": "tan tai", "令狐": "ling hu", "万俟": "mo qi", "慕容": "mu rong",
	"宇文": "yu wen", "夏侯": "xia hou", "东方": "dong fang", "西门": "xi men", "南宫": "nan gong", "公孙": "gong sun",
	"轩辕": "xuan yuan", "独孤": "du gu", "呼延": "hu yan", "端木": "duan mu", "百里": "bai li", "东郭": "dong guo",
	"闻人": "wen ren", "赫连": "he lian", "申屠": "shen tu", "太史": "tai shi", "淳于": "chun yu", "钟离": "zhong li",
	"濮阳": "pu yang", "公冶": "gong ye", "宗政": "zong zheng", "太叔": "tai shu", "仲孙": "zhong sun", "鲜于": "xian yu",
	"司徒": "si tu", "司空": "si kong", "司寇": "si kou", "子车": "zi ju", "颛孙": "zhuan sun", "巫马": "wu ma",
	"公西": "gong xi", "漆雕": "qi diao", "乐正": "yue zheng", "壤驷": "rang si", "公良": "gong liang",
	"拓跋": "tuo ba", "夹谷": "jia gu", "宰父": "zai fu", "谷梁": "gu liang", "段干": "duan gan", "东门": "dong men",
	"南门": "nan men", "羊舌": "yang she", "微生": "wei sheng", "左丘": "zuo qiu", "第五": "di wu", "完颜": "wan yan",
	"纳兰": "na lan", "哥舒": "ge shu", "梁丘": "liang qiu", "公羊": "gong yang", "即墨": "ji mo",
}
