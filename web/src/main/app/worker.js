// The worker is the same program as the page; it detects that it has no document.
importScripts('ort.js', 'app.js');
main();
