"""What Word, LibreOffice, Google Docs and a page of the web put in the clipboard, written for these tests."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif; color:navy} --></style></head>
<body lang=FR style='tab-interval:35.4pt'><!--StartFragment-->
<p class=MsoTitle>Point sur l’accueil<o:p></o:p></p>
<h2 style='margin-top:2.0pt'><span style='color:#2F5496'>1. Les guichets</span><o:p></o:p></h2>
<p class=MsoNormal style='text-align:justify'>Le guichet ouvre à <b style='mso-bidi-font-weight:normal'>9 h</b>, le
<u>samedi</u> aussi<span style='mso-spacerun:yes'>  </span><span style='color:red;background:yellow;mso-highlight:yellow'>dès mai</span>.
<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[EX1]</a></span><o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Wingdings'><span
style='mso-list:Ignore'>Ø<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>Un banc dehors<o:p></o:p></p>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="i1"></v:shape><![endif]--><![if !vml]><img width=300 height=200
src="file:///C:/Users/x/AppData/Local/Temp/msohtmlclip1/01/clip_image002.jpg"><![endif]></p>
<table class=MsoTableGrid border=1><thead><tr><td style='background:#D9E2F3'><p class=MsoNormal><b>Mois</b></p></td><td><p
class=MsoNormal>Délai</p></td></tr></thead><tr><td><p class=MsoNormal>mai</p></td><td><p class=MsoNormal>3 j</p></td></tr></table>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>À vérifier</p></div></div>
<!--EndFragment--></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<meta name="generator" content="LibreOffice 7.6"/><style type="text/css">p { line-height: 115% } a:link { color: #000080 }</style></head>
<body lang="fr-FR" link="#000080" dir="ltr"><h1 class="western">Bilan de l’année</h1>
<p style="margin-bottom: 0cm; line-height: 100%"><font color="#c9211e"><b>Attention</b></font>, le <i>bureau</i> ferme le 1<sup>er</sup> mai.</p>
<ol type="a"><li><p style="margin-bottom: 0cm">Premier</p></li><ol><li><p>Dedans</p></li></ol><li><p>Second</p></li></ol>
<p><strike>Ancien horaire</strike></p></body></html>"""

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-5f0c"><h2 dir="ltr"
style="line-height:1.38"><span style="font-size:16pt;font-family:Arial;color:#000000;background-color:transparent;font-weight:400;text-decoration:none;vertical-align:baseline">Horaires</span></h2>
<p dir="ltr"><span style="color:#000000;background-color:transparent;font-weight:700;font-style:normal">Ouvert</span><span
style="color:#000000;background-color:transparent;font-weight:400;font-style:italic;text-decoration:none"> le matin</span><span
style="color:#000000;font-weight:400;text-decoration:underline;text-decoration-skip-ink:none"> surtout</span></p>
<ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc" aria-level="1"><p dir="ltr" role="presentation"><span
style="font-weight:400">Un</span></p></li><ul><li dir="ltr" aria-level="2"><p role="presentation"><span style="font-weight:400">Deux</span></p></li></ul></ul>
<p dir="ltr"><span><span><img src="https://exemple.test/photo" width="200" height="100"></span></span></p></b><br class="Apple-interchange-newline">"""

WEB = """<meta charset='utf-8'><div class="c" style="color: rgb(33, 37, 41); background-color: rgb(255, 255, 255)"><h3>Vos démarches</h3>
<nav><a href="/carte-grise">Carte grise</a></nav><div>Voir <a href="https://exemple.test/a">la page</a> ou <a href="http://exemple.test/">l’ancienne</a>.</div>
<form><label>Nom <input name="n"></label><button>Envoyer</button></form><iframe src="https://exemple.test/film"></iframe>
<p style="color: rgb(0, 0, 145)">Bleu<script>window.ran = 1</script></p><img src="x" width="1" height="1"></div>"""
