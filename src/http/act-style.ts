/** How the page of a link looks: for a telephone first, in light and dark. */
export const ACT_STYLE = `
:root{color-scheme:light dark;--bg:#f2f4f7;--card:#fff;--ink:#1f2329;--grey:#646a73;--line:#dee0e3;--blue:#1f6feb;--red:#c9372c;--green:#1a7f37;--box:#f7f8fa}
@media (prefers-color-scheme:dark){:root{--bg:#15171a;--card:#1f2226;--ink:#e8eaed;--grey:#a0a6ae;--line:#3a3f45;--blue:#4c8dff;--red:#e5554a;--green:#4cb36a;--box:#282c31}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:30rem;margin:0 auto;padding:1.25rem 1.25rem 2rem;background:var(--card);border-top:4px solid var(--blue);min-height:100vh;overflow-wrap:anywhere}
main.good{border-top-color:var(--green)}
main.bad{border-top-color:var(--red)}
@media (min-width:34rem){main{margin:8vh auto;min-height:0;border-radius:10px;box-shadow:0 2px 16px #0000001f}}
.hub{margin:0 0 .25rem;color:var(--grey);font-size:.875rem}
h1{margin:0 0 1rem;font-size:1.375rem;line-height:1.35}
.good h1{color:var(--green)}
.bad h1{color:var(--red)}
p{margin:.5rem 0}
.small{color:var(--grey);font-size:.8125rem}
.warning{color:var(--red)}
.ticket{display:flex;flex-direction:column;gap:.125rem;margin:0 0 1rem;padding:.75rem .875rem;background:var(--box);border-radius:8px}
.ticket span{color:var(--grey);font-size:.9375rem}
label,fieldset{display:block;margin:1rem 0 0;padding:0;border:0;font-size:.9375rem}
legend{padding:0}
label.missing,.missing legend{color:var(--red)}
label.box{display:flex;gap:.5rem;align-items:center;margin:.5rem 0 0}
label.box input{width:1.25rem;min-height:0;height:1.25rem;margin:0}
input,select,textarea{display:block;width:100%;min-height:2.75rem;margin-top:.375rem;padding:.5rem .75rem;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--ink);font:inherit}
textarea{resize:vertical}
.missing input,.missing select,.missing textarea{border-color:var(--red)}
button{display:block;width:100%;min-height:3rem;margin-top:1.25rem;padding:.5rem 1rem;border:0;border-radius:8px;background:var(--blue);color:#fff;font:inherit;font-weight:600;cursor:pointer}
button.danger{background:var(--red)}
:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
`;
