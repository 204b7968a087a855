"""Django's forms, drawn with the design system's components."""

import pytest
from django import forms
from django.template import engines


class FindForm(forms.Form):
    text = forms.CharField(label="What would help?", help_text="For example lunch", required=False)
    place = forms.CharField(label="Where?", widget=forms.TextInput(attrs={"autocomplete": "postal-code"}))
    kind = forms.MultipleChoiceField(
        label="What kind",
        choices=[("group", "Groups"), ("respite", "A break")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sort = forms.ChoiceField(label="Order", choices=[("best", "Best"), ("nearest", "Nearest")], required=False)
    how = forms.ChoiceField(label="How", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    notes = forms.CharField(label="Notes", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="I agree")
    sheet = forms.FileField(label="A spreadsheet", required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(source, form):
    return engines["django"].from_string("{% load govuk %}" + source).render({"form": form})


@pytest.fixture
def wrong():
    return FindForm(
        {"place": "", "text": "<b>tea", "kind": ["respite", "nonsense"], "sort": "nearest", "notes": "two\nlines"}
    )


def test_a_box_keeps_what_was_typed(wrong):
    assert 'value="&lt;b&gt;tea"' in draw("{% govuk_field form.text %}", wrong)


def test_a_hint_describes_its_box(wrong):
    page = draw("{% govuk_field form.text %}", wrong)
    assert 'id="id_text-hint"' in page
    assert 'aria-describedby="id_text-hint"' in page


def test_an_error_stands_beside_its_box(wrong):
    page = draw("{% govuk_field form.place %}", wrong)
    assert 'class="govuk-input govuk-input--error"' in page
    assert 'aria-describedby="id_place-error"' in page
    assert "This field is required." in page


def test_the_browser_does_not_stop_the_form_before_it_is_sent(wrong):
    assert " required" not in draw("{% govuk_field form.place %}", FindForm())


def test_attributes_of_the_widget_are_kept_and_stand_once(wrong):
    assert draw("{% govuk_field form.place %}", wrong).count('autocomplete="postal-code"') == 1


def test_a_ticked_box_stays_ticked_though_another_was_refused(wrong):
    page = draw("{% govuk_field form.kind %}", wrong)
    assert 'value="respite" checked' in page
    assert 'value="group" checked' not in page


def test_a_group_has_a_legend(wrong):
    page = draw("{% govuk_field form.kind %}", wrong)
    assert '<legend class="govuk-fieldset__legend">What kind</legend>' in page


def test_a_list_keeps_what_was_picked(wrong):
    assert '<option value="nearest" selected>' in draw("{% govuk_field form.sort %}", wrong)


def test_a_large_box_keeps_its_lines_and_its_size(wrong):
    page = draw("{% govuk_field form.notes %}", wrong)
    assert 'rows="3"' in page
    assert "two\nlines</textarea>" in page


def test_one_box_to_tick_has_the_question_for_its_label(wrong):
    page = draw("{% govuk_field form.agreed %}", wrong)
    assert "I agree</label>" in page
    assert 'type="checkbox"' in page
    assert " checked" not in page


def test_a_ticked_agreement_stays_ticked():
    assert " checked" in draw("{% govuk_field form.agreed %}", FindForm({"agreed": "on"}))


def test_a_file_box_has_a_label(wrong):
    page = draw("{% govuk_field form.sheet %}", wrong)
    assert 'for="id_sheet"' in page
    assert 'type="file"' in page


def test_a_hidden_box_has_no_label(wrong):
    page = draw("{% govuk_field form.next %}", wrong)
    assert 'type="hidden"' in page
    assert "label" not in page


def test_the_summary_links_each_error_to_its_box(wrong):
    page = draw("{% govuk_errors form %}", wrong)
    assert 'href="#id_place"' in page
    assert 'href="#id_kind"' in page
    assert 'id="id_kind"' in draw("{% govuk_field form.kind %}", wrong)
    assert "There is a problem" in page


@pytest.mark.parametrize("form", [FindForm(), FindForm({"place": "RM18", "how": "a", "agreed": "on"})])
def test_there_is_no_summary_when_nothing_is_wrong(form):
    assert draw("{% govuk_errors form %}", form).strip() == ""


def test_an_error_of_no_field_has_no_link(wrong):
    wrong.add_error(None, "Say where, or what.")
    page = draw("{% govuk_errors form %}", wrong)
    assert "<li>Say where, or what.</li>" in page


def test_words_for_a_hint_can_be_given_in_the_template():
    page = draw('{% govuk_field form.place hint="A postcode or a town" classes="govuk-input--width-10" %}', FindForm())
    assert "A postcode or a town" in page
    assert "govuk-input--width-10" in page
