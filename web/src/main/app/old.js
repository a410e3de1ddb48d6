// The scripts are written in the language of 2017. A browser that lacks what came with it cannot
// even read them: the page says so, and nothing else starts.
if (!Object.entries || !window.Promise || !window.Worker) {
  document.getElementById('old').hidden = false;
  document.getElementById('start').hidden = true;
}
