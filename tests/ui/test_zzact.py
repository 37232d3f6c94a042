from PySide6.QtWidgets import QWidget, QApplication, QPushButton, QVBoxLayout
from PySide6.QtTest import QTest
def test_a(qtbot, dressed):
    w=QWidget(); qtbot.addWidget(w); w.resize(300,300); w.show(); w.activateWindow()
    print(QTest.qWaitForWindowActive(w), w.isActiveWindow()); QTest.qWait(100); print(w.isActiveWindow()); assert 0
def test_b(qtbot, desk):
    w=QWidget(); qtbot.addWidget(w); w.resize(300,300); w.show(); w.activateWindow()
    print(QTest.qWaitForWindowActive(w), w.isActiveWindow()); QTest.qWait(100); print(w.isActiveWindow()); assert 0
