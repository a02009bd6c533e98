// The amount in capital characters while it is typed; the server prints the
// same after submitting.
const digits = "零壹贰叁肆伍陆柒捌玖";

export function capital(typed) {
  const m = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(typed.normalize("NFKC").replace(/[,\s]/g, ""));
  if (!m) return "";
  const whole = m[1].replace(/^0+(?=\d)/, "");
  const cents = ((m[2] || "") + "00").slice(0, 2);
  let out = "";
  let zero = false;
  let group = false;
  for (let i = 0; i < whole.length; i++) {
    const place = whole.length - 1 - i;
    if (whole[i] === "0") zero = true;
    else {
      out += (zero ? "零" : "") + digits[whole[i]] + ["", "拾", "佰", "仟"][place % 4];
      zero = false;
      group = true;
    }
    if (place % 4 === 0) {
      if (group) out += ["", "万", "亿"][place / 4];
      group = false;
    }
  }
  if (out) out += "元";
  if (cents === "00") return (out || "零元") + "整";
  if (cents[1] === "0") return out + digits[cents[0]] + "角整";
  return out + (cents[0] === "0" ? (out ? "零" : "") : digits[cents[0]] + "角") + digits[cents[1]] + "分";
}
