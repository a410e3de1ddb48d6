if (typeof main === 'function') main();
