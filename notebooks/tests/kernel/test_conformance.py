"""The public suite for kernels, on the embedded one. Its tests for a pager and for clear_output, which Java cells do not have, are left out."""

import jupyter_kernel_test
import pytest


@pytest.mark.usefixtures("search_path")
class LossbookKernelTest(jupyter_kernel_test.KernelTests):
    kernel_name = "lossbook"
    language_name = "Java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    code_generate_error = 'throw new IllegalStateException("as asked");'
    code_inspect_sample = "Math.max("
    code_execute_result = [  # noqa: RUF012
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "6 * 7 + 0", "result": "42"},
        {"code": "6 * 7 + 1", "result": "43"},
    ]
    code_display_data = [  # noqa: RUF012
        {"code": 'display("shown");', "mime": "text/plain"},
        {"code": 'display("<b>shown</b>", "text/html");', "mime": "text/html"},
    ]
    completion_samples = [  # noqa: RUF012
        {"text": "Math.sig", "matches": {"signum("}},
        {"text": "import java.util.ArrayL", "matches": {"ArrayList"}},
    ]
    complete_code_samples = ["1 + 1", "int x = 1;", "for (int i = 0; i < 3; i++) { }"]  # noqa: RUF012
    incomplete_code_samples = ["int f() {", "for (int i = 0;", 'String s = """\n']  # noqa: RUF012
    invalid_code_samples = ["}", "1 + )"]  # noqa: RUF012
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 [*] 7"

    test_pager = None
    test_clear_output = None
