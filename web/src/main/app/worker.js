// The worker is the same program as the page; it sees that it has no document.
importScripts('ort.js', 'app.js');
main();
