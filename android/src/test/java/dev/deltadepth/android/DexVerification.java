package dev.deltadepth.android;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Lets the JVM verify the classes of an APK, after enjarify has turned them back: a program that
 * the build runs with {@code -Xverify:all}. What the compiler for Android made wrong, a phone would
 * find only when the class is used there.
 *
 * <p>enjarify writes class files too old for static methods of interfaces, so they are written
 * again in a newer version.
 */
public final class DexVerification {
  /** Converts 16-bit floats, which this app does not use; enjarify mistakes its ints for floats. */
  private static final Set<String> LEFT_OUT = Set.of("ai.onnxruntime.platform.Fp16Conversions");

  private static final String CLASS = ".class";

  private DexVerification() {}

  /**
   * Fails unless all classes are there and verified.
   *
   * @param arguments the jar that enjarify wrote, Android's own classes, and the jars that were
   *     compiled for Android
   */
  public static void main(String[] arguments) throws IOException {
    Path classes = Path.of(arguments[0]);
    URL[] urls = {classes.toUri().toURL(), Path.of(arguments[1]).toUri().toURL()};
    Set<String> names = names(classes);
    Set<String> missing = new TreeSet<>();
    for (String jar : Arrays.asList(arguments).subList(2, arguments.length)) {
      missing.addAll(names(Path.of(jar)));
    }
    missing.removeAll(names);
    missing.removeAll(LEFT_OUT);
    if (names.isEmpty() || !missing.isEmpty()) {
      throw new IllegalStateException("enjarify did not turn back " + missing);
    }
    names.removeAll(LEFT_OUT);
    List<String> refused = new ArrayList<>();
    int methods = 0;
    try (Loader loader = new Loader(urls, names)) {
      for (String name : names) {
        try {
          // Looking at the methods links the class, which verifies it, without running any of it.
          methods += Class.forName(name, false, loader).getDeclaredMethods().length;
        } catch (ClassNotFoundException | LinkageError e) {
          refused.add(name + ": " + e);
        }
      }
    }
    if (!refused.isEmpty()) {
      throw new IllegalStateException(
          refused.size() + " of " + names.size() + " classes are refused: " + refused);
    }
    System.out.println(names.size() + " classes verified, with " + methods + " methods");
  }

  private static Set<String> names(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String path = entry.getName();
        if (path.endsWith(CLASS) && !path.endsWith("package-info.class")) {
          names.add(path.substring(0, path.length() - CLASS.length()).replace('/', '.'));
        }
      }
    }
    return names;
  }

  /** Loads the APK's classes before those of the JVM, and others as usual. */
  private static final class Loader extends URLClassLoader {
    private final Set<String> own;

    Loader(URL[] urls, Set<String> own) {
      super(urls, ClassLoader.getPlatformClassLoader());
      this.own = own;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!own.contains(name)) {
        return super.findClass(name);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + CLASS)) {
        byte[] newer = newer(in.readAllBytes());
        return defineClass(name, newer, 0, newer.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    /** A class and those that it extends, read and not loaded. */
    private List<String> above(String name) {
      List<String> names = new ArrayList<>();
      for (String next = name; next != null; ) {
        names.add(next);
        try (InputStream in = getResourceAsStream(next + CLASS)) {
          next = new ClassReader(in).getSuperName();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return names;
    }

    private byte[] newer(byte[] old) {
      ClassWriter writer =
          new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String one, String other) {
              List<String> above = above(one);
              return above(other).stream().filter(above::contains).findFirst().orElseThrow();
            }
          };
      new ClassReader(old)
          .accept(
              new ClassVisitor(Opcodes.ASM9, writer) {
                @Override
                public void visit(
                    int version,
                    int access,
                    String name,
                    String signature,
                    String superName,
                    String[] interfaces) {
                  super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
                }
              },
              0);
      return writer.toByteArray();
    }
  }
}
