import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mustangproject.validator.ZUGFeRDValidator;

/**
 * Mustangproject's validator on many files in one JVM: {@code java -cp JAR MustangBatch.java LIST}.
 *
 * <p>LIST names a file of paths, one a line. Each verdict is a line {@code @@ path} and the XML report as Mustang makes
 * it; everything else a library prints goes to standard error.
 */
public final class MustangBatch {
  private MustangBatch() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    List<String> paths = Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8);
    List<String> wanted = paths.stream().filter(path -> !path.isBlank()).collect(Collectors.toList());
    wanted.parallelStream()
        .forEach(
            path -> {
              String report = new ZUGFeRDValidator().validate(path);
              synchronized (out) {
                out.println("@@ " + path);
                out.println(report);
              }
            });
  }
}
