package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.browser.ReliefMessage;
import dev.deltadepth.web.file.Photo;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Float32Array;
import org.teavm.jso.typedarrays.Int32Array;

/**
 * Draws a relief with WebGL. Vertices move by their nearness, as in {@code
 * dev.deltadepth.core.view.Orbit}. Two layers of one mesh need no library.
 */
final class ReliefView {
  private final HTMLCanvasElement canvas;
  private final JSObject scene;
  private final double ratio;

  /** Hands a relief and its photo to the graphics processor. */
  ReliefView(HTMLCanvasElement canvas, ReliefMessage relief, Photo photo) {
    this.canvas = canvas;
    ratio = photo.canvas().getWidth() / (double) photo.canvas().getHeight();
    scene = context(canvas);
    HTMLCanvasElement behind = behind(relief.getWidth(), relief.getHeight(), relief.getData());
    // Farthest of all, for what neither layer covers.
    layer(
        scene,
        Float32Array.fromJavaArray(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0}).getBuffer(),
        Int32Array.fromJavaArray(new int[] {0, 2, 1, 1, 2, 3}).getBuffer(),
        behind);
    layer(scene, relief.getBackVertices(), relief.getBackTriangles(), behind);
    layer(scene, relief.getFrontVertices(), relief.getFrontTriangles(), photo.canvas());
  }

  /** Whether this browser has WebGL with large meshes. */
  static boolean isSupported() {
    return isSupported(Dom.newCanvas(1, 1));
  }

  /**
   * Draws.
   *
   * @param x how far the nearest moves to the right against the farthest, as a share of the width
   * @param y the same downwards
   */
  void draw(double x, double y) {
    draw(scene, canvas, x, y, ratio);
  }

  /** Frees what the graphics processor holds. */
  void free() {
    free(scene);
  }

  private static HTMLCanvasElement behind(int width, int height, ArrayBuffer rgb) {
    HTMLCanvasElement behind = Dom.newCanvas(width, height);
    Colouring.putRgb(behind, rgb);
    return behind;
  }

  @JSBody(
      params = "canvas",
      script =
          """
          var gl = canvas.getContext('webgl');
          return !!gl && !!gl.getExtension('OES_element_index_uint');
          """)
  private static native boolean isSupported(HTMLCanvasElement canvas);

  @JSBody(
      params = "canvas",
      script =
          """
          var gl = canvas.getContext('webgl', { preserveDrawingBuffer: true, antialias: true });
          gl.getExtension('OES_element_index_uint');
          function shader(kind, text) {
            var made = gl.createShader(kind);
            gl.shaderSource(made, text);
            gl.compileShader(made);
            return made;
          }
          var program = gl.createProgram();
          gl.attachShader(program, shader(gl.VERTEX_SHADER,
              'attribute vec3 place; uniform vec2 shift; uniform float zoom;'
              + 'varying vec2 at;'
              + 'void main() {'
              + '  at = place.xy;'
              + '  vec2 flat_ = vec2(2.0 * place.x - 1.0, 1.0 - 2.0 * place.y);'
              + '  vec2 moved = zoom * (flat_ + 2.0 * shift * (place.z - 0.5));'
              + '  gl_Position = vec4(moved, -0.9 * place.z, 1.0);'
              + '}'));
          gl.attachShader(program, shader(gl.FRAGMENT_SHADER,
              '#ifdef GL_FRAGMENT_PRECISION_HIGH\\nprecision highp float;\\n'
              + '#else\\nprecision mediump float;\\n#endif\\n'
              + 'uniform sampler2D photo; varying vec2 at;'
              + 'void main() { gl_FragColor = texture2D(photo, at); }'));
          gl.linkProgram(program);
          gl.useProgram(program);
          gl.enable(gl.DEPTH_TEST);
          gl.depthFunc(gl.LEQUAL);
          return { gl: gl, program: program, layers: [] };
          """)
  private static native JSObject context(HTMLCanvasElement canvas);

  @JSBody(
      params = {"scene", "vertices", "triangles", "picture"},
      script =
          """
          var gl = scene.gl;
          var texture = gl.createTexture();
          gl.bindTexture(gl.TEXTURE_2D, texture);
          gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, picture);
          gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
          gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
          gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
          var places = gl.createBuffer();
          gl.bindBuffer(gl.ARRAY_BUFFER, places);
          gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(vertices), gl.STATIC_DRAW);
          var corners = gl.createBuffer();
          gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, corners);
          gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, new Uint32Array(triangles), gl.STATIC_DRAW);
          scene.layers.push({
            texture: texture, places: places, corners: corners, count: triangles.byteLength / 4
          });
          """)
  private static native void layer(
      JSObject scene, ArrayBuffer vertices, ArrayBuffer triangles, HTMLCanvasElement picture);

  /** The canvas gets the photo's shape within the stage; the zoom hides the photo's edges. */
  @JSBody(
      params = {"scene", "canvas", "x", "y", "shape"},
      script =
          """
          var gl = scene.gl, program = scene.program, stage = canvas.parentNode;
          var wide = Math.min(stage.clientWidth, stage.clientHeight * shape);
          var high = wide / shape;
          var ratio = Math.min(2, window.devicePixelRatio || 1);
          // Even sides, as video codecs need them.
          var width = Math.max(2, 2 * Math.round(wide * ratio / 2));
          var height = Math.max(2, 2 * Math.round(high * ratio / 2));
          if (canvas.width !== width || canvas.height !== height) {
            canvas.width = width;
            canvas.height = height;
            canvas.style.width = wide + 'px';
            canvas.style.height = high + 'px';
            canvas.style.left = (stage.clientWidth - wide) / 2 + 'px';
            canvas.style.top = (stage.clientHeight - high) / 2 + 'px';
          }
          gl.viewport(0, 0, width, height);
          gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
          gl.uniform2f(gl.getUniformLocation(program, 'shift'), x, -y);
          gl.uniform1f(gl.getUniformLocation(program, 'zoom'), 1.05);
          var place = gl.getAttribLocation(program, 'place');
          gl.enableVertexAttribArray(place);
          scene.layers.forEach(function(layer) {
            gl.bindTexture(gl.TEXTURE_2D, layer.texture);
            gl.bindBuffer(gl.ARRAY_BUFFER, layer.places);
            gl.vertexAttribPointer(place, 3, gl.FLOAT, false, 0, 0);
            gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, layer.corners);
            gl.drawElements(gl.TRIANGLES, layer.count, gl.UNSIGNED_INT, 0);
          });
          """)
  private static native void draw(
      JSObject scene, HTMLCanvasElement canvas, double x, double y, double shape);

  @JSBody(
      params = "scene",
      script =
          """
          var gl = scene.gl;
          scene.layers.forEach(function(layer) {
            gl.deleteTexture(layer.texture);
            gl.deleteBuffer(layer.places);
            gl.deleteBuffer(layer.corners);
          });
          gl.deleteProgram(scene.program);
          scene.layers = [];
          """)
  private static native void free(JSObject scene);
}
