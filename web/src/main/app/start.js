if (typeof main === 'function' && document.getElementById('old').hidden) main();
